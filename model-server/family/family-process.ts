import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { Result } from "@/runtime/graph/result";
import type { EndpointError } from "../errors";
import type { FamilyAnswer, FamilyCall } from "./protocol";

export interface FamilyProcessOptions {
  readonly name: string;
  /** The TypeScript file that calls `serveFamily`. */
  readonly file: string;
  /** Given to that file as JSON in its first argument. */
  readonly settings: object;
  readonly log: (line: string) => void;
}

interface Pending {
  readonly resolve: (result: Result<unknown, EndpointError>) => void;
  readonly reject: (error: Error) => void;
}

const project = path.resolve(import.meta.dirname, "../..");

/** How long work may go on after its caller has gone. Longer, and the process is ended with it. */
const LONGEST_FAREWELL_MS = 20_000;

/**
 * A process of its own for models whose work would hold up the server for seconds. It is started by the first call; a crash fails
 * the calls under way and nothing else; when it is stopped all of its memory is the system's again.
 */
export class FamilyProcess {
  readonly #options: FamilyProcessOptions;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #nextId = 0;
  #residentBytes = 0;

  constructor(options: FamilyProcessOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** As the process last told it; 0 while there is none. */
  get residentBytes(): number {
    return this.#residentBytes;
  }

  /**
   * Settles only when the process is done with the call, so that a queue in front of it counts what really runs. Rejects with the
   * signal's reason when the caller has gone.
   */
  async call<T>(operation: string, input: unknown, signal: AbortSignal): Promise<Result<T, EndpointError>> {
    signal.throwIfAborted();
    const child = this.#started();
    const id = this.#nextId++;
    let farewell: NodeJS.Timeout | undefined;
    const leave = () => {
      this.#send(child, { type: "abort", id });
      farewell = setTimeout(() => child.kill("SIGKILL"), LONGEST_FAREWELL_MS);
    };
    try {
      const answered = new Promise<Result<unknown, EndpointError>>((resolve, reject) =>
        this.#pending.set(id, { resolve, reject }),
      );
      signal.addEventListener("abort", leave, { once: true });
      this.#send(child, { type: "call", id, operation, input });
      const result = await answered.catch((error: Error) => {
        signal.throwIfAborted();
        throw error;
      });
      signal.throwIfAborted();
      return result as Result<T, EndpointError>;
    } finally {
      signal.removeEventListener("abort", leave);
      clearTimeout(farewell);
      this.#pending.delete(id);
    }
  }

  /** Calls under way fail. The next call starts another process. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child;
    const { file, settings, name, log } = this.#options;
    const child = fork(file, [JSON.stringify(settings)], {
      cwd: project,
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.on("data", (chunk) => log(`${name}: ${String(chunk).trim()}`));
    child.on("message", (answer: FamilyAnswer) => this.#receive(answer));
    child.on("error", (error) => log(`${name}: ${error.message}`));
    child.on("exit", (code, killed) => {
      if (this.#child === child) {
        this.#child = undefined;
        this.#residentBytes = 0;
      }
      for (const { reject } of this.#pending.values())
        reject(new Error(`the process of ${name} ended (${killed ?? `code ${code}`})`));
    });
    this.#child = child;
    return child;
  }

  #receive(answer: FamilyAnswer) {
    if (answer.type === "log") return this.#options.log(answer.line);
    this.#residentBytes = answer.residentBytes;
    const pending = this.#pending.get(answer.id);
    if (answer.type === "answer") pending?.resolve(answer.result);
    else pending?.reject(new Error(answer.message));
  }

  #send(child: ChildProcess, call: FamilyCall) {
    // A process that is gone tells so by its exit.
    if (child.connected) child.send(call, () => undefined);
  }
}
