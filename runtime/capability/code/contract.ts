import type { CodeProgram, CodeResult } from "./program";

/** Code that the author of a step wrote, in a sandbox. */
export interface Code {
  /** Never rejects for what the code does: what went wrong is told. Rejects where the step is cancelled. */
  run(program: CodeProgram): Promise<CodeResult>;
}

export interface ProvidedCode {
  run(program: CodeProgram, signal: AbortSignal): Promise<CodeResult>;
}

export const code = {
  called: "a sandbox for code",
  bind: (provided: ProvidedCode, call: () => { readonly signal: AbortSignal }): Code => ({
    run: (program) => provided.run(program, call().signal),
  }),
};
