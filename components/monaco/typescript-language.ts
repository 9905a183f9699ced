import "monaco-editor/languages/definitions/typescript/register.js";
import { ScriptTarget, typescriptDefaults } from "monaco-editor/languages/features/typescript/register.js";

/** What code of a step may use beside its inputs: the sandbox has no more. */
const sandbox = `
interface Console { log(...values: unknown[]): void; info(...values: unknown[]): void; warn(...values: unknown[]): void;
  error(...values: unknown[]): void; debug(...values: unknown[]): void }
declare const console: Console;
`;

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ES2020,
  lib: ["es2023"],
  strict: true,
  noImplicitAny: false,
  allowJs: true,
  noEmit: true,
  // Each field is a file of its own.
  moduleDetection: 3,
  allowNonTsExtensions: true,
});
typescriptDefaults.setDiagnosticsOptions({
  // The code is the body of a function, which may return and await.
  diagnosticCodesToIgnore: [1108, 1375, 1378, 1431, 1432],
});
typescriptDefaults.addExtraLib(sandbox, "file:///sandbox.d.ts");

/** Tells the editor what the code is given. The declaration holds until what is returned is called. */
export const declareInputs = (declaration: string): (() => void) => {
  const library = typescriptDefaults.addExtraLib(declaration, "file:///inputs.d.ts");
  return () => library.dispose();
};
