import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { GridLimits } from "../../table/grid";
import type { ImportedTable } from "../../table/import-table";
import type { TableOptions } from "../../table/table-options";
import { confinedProcess } from "./confined-process";
import type { DocumentFile } from "./document-file";
import type { ParseFailure } from "./parse-failure";
import type { ParsedDocument } from "./parsed-document";
import type { ReadAs } from "./read-as";
import type { FromWorker, ToWorker } from "./worker-messages";

export interface WorkerLimits {
  /** Of the process, in bytes; the JavaScript heap alone may have two thirds of it. */
  readonly memory: number;
  /** Without a sign of progress; reading a picture is the caller's time and does not count. */
  readonly stallMs: number;
  /** How long a process waits for the next file before it ends. */
  readonly idleMs: number;
  /** At once; further files wait for one of them. */
  readonly processes: number;
}

export const workerLimits: WorkerLimits = { memory: 1_500_000_000, stallMs: 120_000, idleMs: 30_000, processes: 2 };

export interface ParseOptions {
  readonly signal?: AbortSignal;
  /** What was corrected of how the file is taken. */
  readonly readAs?: ReadAs | undefined;
  /** Reads the text in the picture of a scanned page. What it throws ends the parsing and is thrown on. */
  readonly readImageText?: (png: Uint8Array, page: number) => Promise<string>;
  /** Told after each page of a PDF. */
  readonly progress?: (done: number, total: number) => void;
}

/** For a process to begin; a busy machine takes seconds. */
const startMs = 60_000;

type Outcome = Result<ParsedDocument, ParseFailure>;

const failures = {
  cancelled: { code: "cancelled", message: "The reading was cancelled." },
  timeout: { code: "timeout", message: "The file takes too long to read. Split it, or save it again in its program." },
  memory: {
    code: "out-of-memory",
    message:
      "The file takes more memory to read than is allowed, or is made to crash its reader. Split it, or make it anew.",
  },
} as const satisfies Record<string, ParseFailure>;

/**
 * A process that parses files one after another, apart from the app: it has bounds of memory and time, none of the app's secrets,
 * no network and no leave to write, and is ended when a file makes it break them. Idle ones are kept for the next file.
 */
export class ParseWorkers {
  #working = 0;
  #hasTold = false;
  readonly #waiting: (() => void)[] = [];
  readonly #ready = new WeakSet<ChildProcess>();
  #idle: { readonly child: ChildProcess; readonly timer: NodeJS.Timeout }[] = [];

  constructor(
    private readonly root: string,
    private readonly limits: WorkerLimits = workerLimits,
  ) {}

  parse({ name, mediaType, bytes }: DocumentFile, options: ParseOptions): Promise<Outcome> {
    const { readImageText, readAs } = options;
    const readsImages = readImageText !== undefined;
    return this.#ask({ type: "parse", name, mediaType, bytes, readsImages, ...(readAs && { readAs }) }, options);
  }

  /** One table of a file, for rows that are kept. The inner failure says in an English sentence what is wrong with the table. */
  readTable(
    bytes: Uint8Array,
    options: TableOptions,
    limits: GridLimits,
  ): Promise<Result<Result<ImportedTable, string>, ParseFailure>> {
    return this.#ask({ type: "table", bytes, options, limits }, {});
  }

  /** The answer is of the kind that the message asks for. */
  async #ask<Answer>(message: ToWorker, options: ParseOptions): Promise<Result<Answer, ParseFailure>> {
    await this.#turn(options.signal);
    try {
      if (options.signal?.aborted) return fail(failures.cancelled);
      const child = this.#take();
      try {
        const outcome = await this.#run(child, message, options);
        if (isAlive(child)) this.#keep(child);
        return outcome as Result<Answer, ParseFailure>;
      } catch (error) {
        child.kill("SIGKILL");
        throw error;
      }
    } finally {
      this.#working--;
      this.#waiting.shift()?.();
    }
  }

  /** Waits until fewer processes work than may, or until it is cancelled. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#working >= this.limits.processes && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        const go = () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          this.#waiting.splice(this.#waiting.indexOf(go), 1);
          resolve();
        };
        this.#waiting.push(go);
        signal?.addEventListener("abort", leave, { once: true });
      });
    }
    this.#working++;
  }

  /** Ends the idle processes, for a program that wants to end itself. */
  close(): void {
    for (const { child, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      child.kill();
    }
  }

  #take(): ChildProcess {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      idle.child.removeAllListeners("exit");
      if (isAlive(idle.child)) return hold(idle.child);
    }
    return hold(this.#start());
  }

  #start(): ChildProcess {
    const main = path.join(/* turbopackIgnore: true */ this.root, "runtime", "knowledge", "parse", "worker-start.mjs");
    const heap = Math.round((this.limits.memory * 2) / 3 / 1_048_576);
    const start = confinedProcess(main, [`--max-old-space-size=${heap}`], [String(this.limits.memory)]);
    this.#tellOnce(start.missing);
    return spawn(start.command, start.arguments, {
      cwd: this.root,
      env: { ...start.environment } as NodeJS.ProcessEnv,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    });
  }

  #tellOnce(missing: readonly string[]): void {
    if (this.#hasTold || missing.length === 0) return;
    this.#hasTold = true;
    console.warn(`This machine cannot give the process that reads documents ${missing.join(" and ")}.`);
  }

  #keep(child: ChildProcess): void {
    release(child);
    const timer = setTimeout(() => child.kill(), this.limits.idleMs);
    timer.unref();
    const idle = { child, timer };
    child.once("exit", () => {
      clearTimeout(timer);
      this.#idle = this.#idle.filter((other) => other !== idle);
    });
    this.#idle.push(idle);
  }

  #run(
    child: ChildProcess,
    request: ToWorker,
    { signal, readImageText, progress }: ParseOptions,
  ): Promise<Result<unknown, ParseFailure>> {
    return new Promise((resolve, reject) => {
      const rows: (readonly string[])[] = [];
      let timer: NodeJS.Timeout | undefined;
      let over = false;
      const settle = (act: () => void) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        signal?.removeEventListener("abort", cancel);
        child.removeAllListeners("message").removeAllListeners("exit").removeAllListeners("error");
        child.on("error", () => {});
        act();
      };
      const endWith = (failure: ParseFailure) =>
        settle(() => {
          child.kill("SIGKILL");
          resolve(fail(failure));
        });
      const cancel = () => endWith(failures.cancelled);
      const isReady = () => this.#ready.has(child);
      const expectProgress = () => {
        clearTimeout(timer);
        timer = setTimeout(() => endWith(failures.timeout), isReady() ? this.limits.stallMs : startMs);
      };
      const send = (message: ToWorker) => {
        // Where the process is gone, its end says so.
        child.send(message, () => {});
      };
      const answer = async (page: number, png: Uint8Array) => {
        clearTimeout(timer);
        const text = (await readImageText?.(png, page)) ?? "";
        if (over) return;
        expectProgress();
        send({ type: "image-text", page, text });
      };
      child.on("message", (message: FromWorker) => {
        switch (message.type) {
          case "ready":
            this.#ready.add(child);
            expectProgress();
            break;
          case "progress":
            expectProgress();
            progress?.(message.done, message.total);
            break;
          case "image":
            answer(message.page, message.png).catch((error) => settle(() => reject(error)));
            break;
          case "table-rows":
            expectProgress();
            rows.push(...message.rows);
            break;
          case "table-read":
            settle(() => resolve(ok(message.table.ok ? ok({ ...message.table.value, rows }) : message.table)));
            break;
          case "parsed":
            settle(() => resolve(ok(message.document)));
            break;
          case "failed":
            settle(() => resolve(fail(message.failure)));
            break;
          default:
            message satisfies never;
        }
      });
      child.once("exit", (code) => {
        if (isReady()) endWith(failures.memory);
        else settle(() => reject(new Error(`The process that reads documents does not start: it ended with ${code}.`)));
      });
      child.once("error", (error) => settle(() => reject(error)));
      signal?.addEventListener("abort", cancel, { once: true });
      expectProgress();
      send(request);
    });
  }
}

const isAlive = (child: ChildProcess): boolean =>
  child.connected && !child.killed && child.exitCode === null && child.signalCode === null;

/** A process that works keeps the app alive; an idle one does not. */
const hold = (child: ChildProcess): ChildProcess => {
  child.ref();
  child.channel?.ref();
  return child;
};
const release = (child: ChildProcess): void => {
  child.unref();
  child.channel?.unref();
};
