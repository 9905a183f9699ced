import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from "quickjs-emscripten-core";
import { codeLimits } from "@/runtime/capability/code/limits";
import type { CodeLine, CodeProgram, CodeResult } from "@/runtime/capability/code/program";
import { isRecord } from "@/runtime/node/record";
import { prelude } from "./prelude";

type Failure = Extract<CodeResult, { readonly ok: false }>;

interface Ending {
  readonly end: (typeof endings)[number];
  readonly error: { readonly message: string; readonly stack: string };
  readonly lines: readonly CodeLine[];
}

/** The place of the code in a stack of errors. */
const file = "code.js";
const lineIn = (stack: string): number | null => {
  const found = new RegExp(`${file.replace(".", "\\.")}:(\\d{1,6})`).exec(stack)?.[1];
  return found === undefined ? null : Number(found);
};

/** What a limit of the engine says, in our words; null for any other error. */
const limitOf = (message: string, stopped: boolean): Pick<Failure, "reason" | "message"> | null => {
  if (stopped && /interrupted/.test(message)) return { reason: "time", message: "The code took longer than it may." };
  if (/out of memory|string too long|invalid array buffer length/.test(message))
    return { reason: "memory", message: "The code took more memory than it may." };
  return null;
};

export interface CodeRun {
  readonly result: CodeResult;
  /** Whether the engine may run other code. One that met a limit may have kept memory of it. */
  readonly reusable: boolean;
}

/**
 * Runs code in an engine of its own (QuickJS in WebAssembly), which has no way to the network, files, the clock, randomness or the host: not one
 * function of the host is given to it. `plain`: JavaScript, as `stripTypes` gives it. Never throws for what the code does. A native
 * loop of the engine is not stopped by the time limit, so a caller that cannot wait ends the thread.
 */
export const runCode = (prepared: PreparedSandbox, plain: string, program: Omit<CodeProgram, "code">): CodeRun => {
  const json = JSON.stringify(program.inputs);
  if (json.length > codeLimits.values)
    return { result: tooLarge("What the code is given"), reusable: disposed(prepared.scope) };
  const { scope } = prepared;
  let result: CodeResult;
  try {
    result = new Run(prepared, program).end(plain, json);
  } catch (error) {
    // The engine itself gave up, as it does where memory ends in the wrong place.
    const message = `The code broke the engine. ${error instanceof Error ? error.message : String(error)}`;
    return { result: { ok: false, lines: [], reason: "memory", message: clip(message), line: null }, reusable: false };
  }
  const met = !result.ok && ["time", "memory", "value"].includes(result.reason);
  return { result, reusable: !met && disposed(scope) };
};

/** Whether all could be given back. */
const disposed = (scope: readonly Disposable[]): boolean => {
  try {
    for (const each of scope.toReversed()) each.dispose();
    return true;
  } catch {
    return false;
  }
};

interface Disposable {
  dispose(): void;
}

/** What the engine gave, or how it failed. */
type Step = { readonly handle: QuickJSHandle } | { readonly failure: Failure };

/** A sandbox in which nothing has run yet but what takes away and adds. Making one takes longer than small code, so it is made ahead. */
export interface PreparedSandbox {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly host: QuickJSHandle;
  readonly scope: Disposable[];
}

export const prepareSandbox = (engine: QuickJSWASMModule): PreparedSandbox => {
  const runtime = engine.newRuntime();
  const context = runtime.newContext();
  const host = context.unwrapResult(context.evalCode(prelude, "prelude.js", { type: "global", strict: false }));
  return { runtime, context, host, scope: [runtime, context, host] };
};

class Run {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #host: QuickJSHandle;
  #stopped = false;

  constructor({ runtime, context, host, scope }: PreparedSandbox, program: Omit<CodeProgram, "code">) {
    this.scope = scope;
    runtime.setMemoryLimit(program.megabytes * 1024 * 1024);
    runtime.setMaxStackSize(codeLimits.stackBytes);
    const deadline = performance.now() + program.milliseconds;
    runtime.setInterruptHandler(() => {
      this.#stopped ||= performance.now() > deadline;
      return this.#stopped;
    });
    this.#runtime = runtime;
    this.#context = context;
    this.#host = host;
  }

  private readonly scope: Disposable[];

  end(plain: string, json: string): CodeResult {
    const run = this.#evaluate(plain, file);
    if ("failure" in run) return run.failure;
    const started = this.#call(this.#host, "start", run.handle, this.#keep(this.#context.newString(json)));
    if ("failure" in started) return started.failure;
    // Every await that can go on does; what is left then waits for nothing that ever comes.
    const jobs = this.#runtime.executePendingJobs();
    const jobFailure = jobs.error === undefined ? null : this.#failure(this.#keep(jobs.error));
    const told = this.#call(this.#host, "read");
    if ("failure" in told) return told.failure;
    const { end, error, lines } = readEnding(this.#context.getString(told.handle));
    const fail = (reason: Failure["reason"], message: string, line: number | null = null): Failure => ({
      ok: false,
      reason,
      message,
      line,
      lines,
    });
    if (jobFailure !== null && end === "never") return { ...jobFailure, lines };
    switch (end) {
      case "value": {
        const text = this.#call(this.#host, "value");
        if ("failure" in text) return { ...text.failure, lines };
        const written = this.#context.getString(text.handle);
        if (written.length > codeLimits.values) return { ...tooLarge("What the code gave"), lines };
        return { ok: true, value: JSON.parse(written), lines };
      }
      case "nothing":
        return fail("value", "The code gave nothing: it has to return its outputs.");
      case "never":
        return this.#stopped
          ? fail("time", "The code took longer than it may.")
          : fail("never", "The code waits for something that never comes.");
      case "unwritable":
      case "threw": {
        const { message, stack } = error;
        const limit = limitOf(message, this.#stopped);
        if (limit !== null) return fail(limit.reason, limit.message, lineIn(stack));
        if (end === "threw") return fail("threw", clip(message), lineIn(stack));
        return fail("value", clip(`What the code gave cannot be written as JSON. ${message}`));
      }
      default:
        return end satisfies never;
    }
  }

  #evaluate(code: string, name: string): Step {
    return this.#step(this.#context.evalCode(code, name, { type: "global", strict: false }));
  }

  #call(host: QuickJSHandle, name: string, ...given: QuickJSHandle[]): Step {
    return this.#step(this.#context.callFunction(this.#keep(this.#context.getProp(host, name)), host, ...given));
  }

  #step(result: { readonly error?: QuickJSHandle | undefined; readonly value?: QuickJSHandle }): Step {
    return result.error === undefined
      ? { handle: this.#keep(result.value as QuickJSHandle) }
      : { failure: this.#failure(this.#keep(result.error)) };
  }

  #failure(error: QuickJSHandle): Failure {
    const { name = "", message = "", stack = "" } = dumped(this.#context, error);
    const line = lineIn(stack);
    const limit = limitOf(message, this.#stopped);
    if (limit !== null) return { ok: false, lines: [], line, ...limit };
    const reason = name === "SyntaxError" ? "syntax" : "threw";
    return { ok: false, lines: [], reason, message: clip(name === "" ? message : `${name}: ${message}`), line };
  }

  #keep<Kept extends Disposable>(kept: Kept): Kept {
    this.scope.push(kept);
    return kept;
  }
}

const endings = ["never", "value", "nothing", "unwritable", "threw"] as const;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What the sandbox says of itself, as far as it can be believed: code may have changed how its objects are written. */
const readEnding = (text: string): Ending => {
  const said = JSON.parse(text) as unknown;
  const { end, error, lines } = isRecord(said) ? said : {};
  return {
    end: endings.find((known) => known === end) ?? "never",
    error: isRecord(error)
      ? { message: textOf(error.message), stack: textOf(error.stack) }
      : { message: "", stack: "" },
    lines: (Array.isArray(lines) ? lines.slice(0, codeLimits.lines + 1) : []).flatMap((line: unknown): CodeLine[] => {
      if (!isRecord(line) || typeof line.text !== "string") return [];
      const level = line.level === "debug" || line.level === "warn" ? line.level : "info";
      return [{ level, text: line.text.slice(0, codeLimits.line + 10) }];
    }),
  };
};

const tooLarge = (what: string): Failure => ({
  ok: false,
  lines: [],
  reason: "value",
  message: `${what} is longer than ${codeLimits.values} characters as JSON.`,
  line: null,
});

const clip = (text: string): string => text.slice(0, codeLimits.message);

const dumped = (
  context: QuickJSContext,
  handle: QuickJSHandle,
): Partial<Record<"name" | "message" | "stack", string>> => {
  try {
    const value: unknown = context.dump(handle);
    if (isRecord(value))
      return { name: textOf(value.name), message: textOf(value.message), stack: textOf(value.stack) };
    return { message: `It threw ${String(value)}.` };
  } catch {
    return { message: "It threw something that cannot be shown." };
  }
};
