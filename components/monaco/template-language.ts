import type * as Monaco from "monaco-editor/editor.js";

export const templateLanguage = "pipewright-template";

/** A name that may stand in `{{ }}` here, with what the author should know about it. */
export interface TemplateVariable {
  readonly name: string;
  /** Shown behind the name, e.g. the port that feeds it. */
  readonly detail?: string;
}

const variablesOf = new WeakMap<Monaco.editor.ITextModel, () => readonly TemplateVariable[]>();

/** Tells completion which variables a text model knows. Asked at the moment of completing, so it may change. */
export const provideVariables = (
  model: Monaco.editor.ITextModel,
  variables: () => readonly TemplateVariable[],
): void => {
  variablesOf.set(model, variables);
};

/** What stands between `{{` and the cursor, or null where the cursor is in plain text. */
export const openVariable = (lineBeforeCursor: string): string | null =>
  /\{\{([^{}]*)$/u.exec(lineBeforeCursor)?.[1]?.trimStart() ?? null;

export const registerTemplateLanguage = (monaco: typeof Monaco): void => {
  monaco.languages.register({ id: templateLanguage });
  monaco.languages.setMonarchTokensProvider(templateLanguage, {
    unicode: true,
    tokenizer: {
      root: [
        [
          /(\{\{)(\s*[\p{L}_][\p{L}\p{N}_.-]*\s*)(\}\})/u,
          ["delimiter.template", "variable.template", "delimiter.template"],
        ],
        [/\{\{[^{}]*\}\}/u, "invalid.template"],
        [/[^{]+/u, ""],
        [/\{/u, ""],
      ],
    },
  });
  monaco.languages.setLanguageConfiguration(templateLanguage, {
    brackets: [["{{", "}}"]],
    autoClosingPairs: [],
    wordPattern: /[\p{L}\p{N}_]+/u,
  });
  monaco.languages.registerCompletionItemProvider(templateLanguage, {
    triggerCharacters: ["{"],
    provideCompletionItems: (model, position) => {
      const line = model.getLineContent(position.lineNumber);
      const typed = openVariable(line.slice(0, position.column - 1));
      if (typed === null) return { suggestions: [] };
      const after = line.slice(position.column - 1);
      const closing = /^[\p{L}\p{N}_.-]*\s*\}\}/u.exec(after)?.[0].length ?? 0;
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: position.column - typed.length,
        endColumn: position.column + closing,
      };
      return {
        suggestions: (variablesOf.get(model)?.() ?? []).map(({ name, detail }) => ({
          label: detail ? { label: name, description: detail } : name,
          kind: monaco.languages.CompletionItemKind.Variable,
          insertText: `${name}}}`,
          filterText: name,
          range,
        })),
      };
    },
  });
};
