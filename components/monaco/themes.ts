import type * as Monaco from "monaco-editor/editor.js";

export const themeName = (mode: "light" | "dark"): string => `pipewright-${mode}`;

/** Two themes that sit on the page's own surface: the background is transparent, only text has colour. */
export const defineThemes = (monaco: typeof Monaco): void => {
  monaco.editor.defineTheme(themeName("light"), {
    base: "vs",
    inherit: true,
    rules: [
      { token: "variable.template", foreground: "5b3fd6", fontStyle: "bold" },
      { token: "delimiter.template", foreground: "8b78e6" },
      { token: "invalid.template", foreground: "b42318" },
      { token: "string.key.json", foreground: "1f4f99" },
      { token: "string.value.json", foreground: "1d6b3f" },
    ],
    colors: {
      "editor.background": "#00000000",
      "editorGutter.background": "#00000000",
      "editor.lineHighlightBackground": "#00000000",
      "editor.lineHighlightBorder": "#00000000",
      "editorLineNumber.foreground": "#a3a3ad",
      focusBorder: "#00000000",
    },
  });
  monaco.editor.defineTheme(themeName("dark"), {
    base: "vs-dark",
    inherit: true,
    rules: [
      { token: "variable.template", foreground: "b9a8ff", fontStyle: "bold" },
      { token: "delimiter.template", foreground: "8d7fd1" },
      { token: "invalid.template", foreground: "ff8a80" },
      { token: "string.key.json", foreground: "8ab4f8" },
      { token: "string.value.json", foreground: "7fcf9c" },
    ],
    colors: {
      "editor.background": "#00000000",
      "editorGutter.background": "#00000000",
      "editor.lineHighlightBackground": "#00000000",
      "editor.lineHighlightBorder": "#00000000",
      "editorLineNumber.foreground": "#5f5f6b",
      focusBorder: "#00000000",
    },
  });
};
