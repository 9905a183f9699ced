import type { QuickJSWASMModule } from "quickjs-emscripten-core";
import type { CodeProgram, CodeResult } from "@/runtime/capability/code/program";
import type { Result } from "@/runtime/graph/result";
import { newEngine } from "./engine";
import { type PreparedSandbox, prepareSandbox, runCode } from "./run-code";
import { stripTypes } from "./strip-types";

const mostRead = 200;

/** Runs one program after another, on the thread it is called on. Keeps what it has read of code, and its engine while that is sound. */
export class CodeRunner {
  readonly #read = new Map<string, ReturnType<typeof stripTypes>>();
  #engine: QuickJSWASMModule | null = null;
  /** For the next program: made while nobody waits. */
  #prepared: PreparedSandbox | null = null;

  async run(program: CodeProgram): Promise<CodeResult> {
    const plain = this.#plain(program.code);
    if (!plain.ok) return { ok: false, reason: "syntax", lines: [], ...plain.error };
    this.#engine ??= await newEngine();
    const engine = this.#engine;
    const prepared = this.#prepared ?? prepareSandbox(engine);
    this.#prepared = null;
    const { result, reusable } = runCode(prepared, plain.value, program);
    if (reusable) setImmediate(() => this.#prepare(engine));
    else this.#engine = null;
    return result;
  }

  #prepare(engine: QuickJSWASMModule): void {
    if (this.#engine === engine) this.#prepared ??= prepareSandbox(engine);
  }

  #plain(code: string): Result<string, { readonly message: string; readonly line: number | null }> {
    const known = this.#read.get(code);
    if (known !== undefined) return known;
    const plain = stripTypes(code);
    this.#read.set(code, plain);
    const [oldest] = this.#read.keys();
    if (this.#read.size > mostRead && oldest !== undefined) this.#read.delete(oldest);
    return plain;
  }
}
