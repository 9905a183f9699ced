"use client";

import type { editor as MonacoEditor } from "monaco-editor/editor.js";
import { useTheme } from "next-themes";
import { useEffect, useEffectEvent, useRef } from "react";
import { schemaFor } from "./json-schemas";
import { monaco } from "./setup";
import { provideVariables, type TemplateVariable } from "./template-language";
import { textChange } from "./text-change";
import { themeName } from "./themes";

export interface CodeSurfaceProps {
  readonly value: string;
  readonly language: "pipewright-template" | "json" | "plaintext" | "typescript";
  readonly onChange?: (value: string) => void;
  readonly onBlur?: () => void;
  /** Escape, where it does not close a list of the editor's own. */
  readonly onEscape?: () => void;
  /** Given where the page keeps its own history: the editor then leaves undo and redo to it. */
  readonly onUndo?: () => void;
  readonly onRedo?: () => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly invalid?: boolean;
  /** Grows with its text between these heights in pixels; fills its parent where left out. */
  readonly height?: { readonly min: number; readonly max: number };
  readonly lineNumbers?: boolean;
  readonly variables?: readonly TemplateVariable[];
  /** JSON Schema that a JSON text is checked against. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** What code is given, as a declaration of TypeScript. */
  readonly declaration?: string;
  readonly autoFocus?: boolean;
}

const proseFont = '"Inter Variable", "Noto Sans SC Variable", system-ui, sans-serif';
const codeFont = '"JetBrains Mono Variable", "Noto Sans SC Variable", ui-monospace, monospace';

let count = 0;

/** Monaco as a controlled field. Loaded only in the browser: import it through `code-editor`. */
export default function CodeSurface(props: CodeSurfaceProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MonacoEditor.IStandaloneCodeEditor>(null);
  const mode = useTheme().resolvedTheme === "dark" ? "dark" : "light";
  const { value, language, schema, readOnly, placeholder, label, declaration } = props;
  const current = useRef(props);
  current.current = props;

  const mount = useEffectEvent((parent: HTMLDivElement) => {
    count += 1;
    const suffix = language === "json" ? "json" : language === "typescript" ? "ts" : "txt";
    const model = monaco.editor.createModel(value, language, monaco.Uri.parse(`inmemory://field/${count}.${suffix}`));
    // Said to the model: the editor's own option would come after the first colours.
    model.updateOptions({
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    provideVariables(model, () => current.current.variables ?? []);
    const created = monaco.editor.create(parent, {
      model,
      theme: themeName(mode),
      ariaLabel: label,
      automaticLayout: true,
      // Prompts are prose; everything else is code.
      fontFamily: language === "pipewright-template" ? proseFont : codeFont,
      fontSize: language === "pipewright-template" ? 13 : 12,
      lineHeight: language === "pipewright-template" ? 20 : 18,
      fixedOverflowWidgets: true,
      folding: props.lineNumbers === true,
      glyphMargin: false,
      lineDecorationsWidth: props.lineNumbers ? 8 : 0,
      lineNumbers: props.lineNumbers ? "on" : "off",
      lineNumbersMinChars: 3,
      matchBrackets: language === "json" || language === "typescript" ? "always" : "never",
      minimap: { enabled: false },
      occurrencesHighlight: "off",
      overviewRulerLanes: 0,
      padding: { top: 8, bottom: 8 },
      placeholder,
      quickSuggestions: language === "json" || language === "typescript",
      readOnly: readOnly === true,
      renderLineHighlight: "none",
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
      // Whoever has no mouse comes out of a list of settings by Tab; code is indented with it, and Escape leaves that.
      tabFocusMode: language !== "typescript",
      tabSize: 2,
      unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
      wordBasedSuggestions: "off",
      wordWrap: "on",
      // Prose is set in letters of different widths, which have to be measured: counting them breaks lines too early.
      wrappingStrategy: language === "pipewright-template" ? "advanced" : "simple",
    });
    editor.current = created;
    created.onDidChangeModelContent(() => {
      const text = model.getValue();
      if (text !== current.current.value) current.current.onChange?.(text);
    });
    created.onDidBlurEditorText(() => current.current.onBlur?.());
    const { KeyMod, KeyCode } = monaco;
    created.addCommand(
      KeyCode.Escape,
      () => {
        if (current.current.onEscape) current.current.onEscape();
        else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
      "!suggestWidgetVisible && !findWidgetVisible && !editorHasMultipleSelections && !inSnippetMode",
    );
    if (props.onUndo) {
      created.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => current.current.onUndo?.());
      created.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => current.current.onRedo?.());
      created.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => current.current.onRedo?.());
    }
    const resize = () => {
      const bounds = current.current.height;
      if (!bounds) return;
      parent.style.height = `${Math.min(bounds.max, Math.max(bounds.min, created.getContentHeight()))}px`;
    };
    created.onDidContentSizeChange(resize);
    resize();
    if (props.autoFocus) created.focus();
    return () => {
      schemaFor(model.uri.toString(), undefined);
      created.dispose();
      model.dispose();
      editor.current = null;
    };
  });

  useEffect(() => (host.current ? mount(host.current) : undefined), []);

  useEffect(() => {
    monaco.editor.setTheme(themeName(mode));
  }, [mode]);

  useEffect(() => {
    editor.current?.updateOptions({ readOnly: readOnly === true, placeholder, ariaLabel: label });
  }, [readOnly, placeholder, label]);

  // The compiler in the browser is large: it comes with the first code that is opened.
  useEffect(() => {
    if (language !== "typescript") return;
    let undo: (() => void) | null = null;
    let gone = false;
    void import("./typescript-language").then(({ declareInputs }) => {
      const model = editor.current?.getModel();
      if (gone || !model) return;
      undo = declareInputs(declaration ?? "");
      monaco.editor.setModelLanguage(model, "typescript");
    });
    return () => {
      gone = true;
      undo?.();
    };
  }, [language, declaration]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) schemaFor(model.uri.toString(), schema);
  }, [schema]);

  // The text may change from outside (undo, another tab): replace only what differs, so that the cursor stays.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    const change = textChange(model.getValue(), value);
    if (!change) return;
    const start = model.getPositionAt(change.start);
    const end = model.getPositionAt(change.end);
    model.pushEditOperations(
      null,
      [{ range: monaco.Range.fromPositions(start, end), text: change.text, forceMoveMarkers: true }],
      () => null,
    );
  }, [value]);

  return (
    // `nokey`: React Flow leaves the keys typed in here alone; without it the space bar would be taken for panning.
    <div
      ref={host}
      className={props.height ? "nokey w-full" : "nokey h-full w-full"}
      data-invalid={props.invalid || undefined}
    />
  );
}
