import type { CodeProgram, CodeResult } from "@/runtime/capability/code/program";
import { CodeRunner } from "@/runtime/sandbox/code-runner";
import type { ProvidedCode } from "./contract";

/** The sandbox itself, on the thread of the test: it is quick, and gives the same every time. */
export class ScriptedCode implements ProvidedCode {
  readonly #runner = new CodeRunner();
  readonly left = undefined;

  async run(program: CodeProgram, signal: AbortSignal): Promise<CodeResult> {
    signal.throwIfAborted();
    return this.#runner.run(program);
  }
}
