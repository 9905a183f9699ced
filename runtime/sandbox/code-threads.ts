import path from "node:path";
import { Worker } from "node:worker_threads";
import type { CodeProgram, CodeResult } from "@/runtime/capability/code/program";
import { NodeFailure } from "@/runtime/node/node-failure";
import { Turns } from "./turns";

interface Waiting {
  readonly holder: string;
  readonly program: CodeProgram;
  readonly signal: AbortSignal;
  readonly resolve: (result: CodeResult) => void;
  readonly reject: (error: unknown) => void;
  readonly abort: () => void;
}

interface Thread {
  readonly worker: Worker;
  busy: Waiting | null;
  timer: NodeJS.Timeout | null;
  /** Programs that it has ended. */
  ended: number;
}

export interface CodeThreadsOptions {
  /** Folder of the installation. */
  readonly root: string;
  /** Threads at once. One of them is kept from any one holder, where there are more than one. */
  readonly threads?: number;
  /** Programs that may wait for a thread, of all holders. */
  readonly queue?: number;
}

/** What a thread may take beyond the time of its program, before it is ended: the engine ends most by itself. The first one has to be read. */
const graceMs = { first: 15_000, later: 500 } as const;

/** Programs that may wait for a thread, of all holders. */
export const mostCodeWaiting = 3_000;

/** Threads that run code beside the app, in turns of those for whom it runs: none can hold all of them. One that does not come to an end is ended with its thread. */
export class CodeThreads {
  readonly #threads = new Set<Thread>();
  readonly #waiting = new Turns<Waiting>();
  readonly #most: number;
  /** Threads that one holder may have. */
  readonly #share: number;
  readonly #queue: number;

  constructor(private readonly options: CodeThreadsOptions) {
    this.#most = options.threads ?? 3;
    this.#share = Math.max(1, this.#most - 1);
    this.#queue = options.queue ?? mostCodeWaiting;
  }

  /** Runs it for a holder, such as a workspace. Rejects with the signal's reason once it aborts, and where too many wait. */
  run(holder: string, program: CodeProgram, signal: AbortSignal): Promise<CodeResult> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#waiting.size >= this.#queue) {
        const message = `More than ${this.#queue} steps with code wait to be run.`;
        return reject(new NodeFailure("code-failed", message, { hint: "Run fewer at once.", passing: true }));
      }
      const waiting: Waiting = { holder, program, signal, resolve, reject, abort: () => this.#abort(waiting) };
      signal.addEventListener("abort", waiting.abort, { once: true });
      this.#waiting.add(waiting);
      this.#pump();
    });
  }

  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #pump(): void {
    while (this.#waiting.size > 0) {
      const idle = [...this.#threads].find(({ busy }) => busy === null);
      if (idle === undefined && this.#threads.size >= this.#most) return;
      const next = this.#waiting.next((holder) => this.#underWay(holder), this.#share);
      if (next === null) return;
      this.#begin(idle ?? this.#open(), next);
    }
  }

  #underWay(holder: string): number {
    let count = 0;
    for (const { busy } of this.#threads) if (busy?.holder === holder) count += 1;
    return count;
  }

  #open(): Thread {
    const file = path.join(/* turbopackIgnore: true */ this.options.root, "runtime", "sandbox", "worker-start.mjs");
    const worker = new Worker(file, {
      execArgv: [],
      env: {},
      // What the engine holds lies beside this heap.
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    const thread: Thread = { worker, busy: null, timer: null, ended: 0 };
    this.#threads.add(thread);
    worker.on("message", (result: CodeResult) => {
      thread.ended += 1;
      this.#end(thread)?.resolve(result);
      this.#pump();
    });
    const lost = (why: string) => {
      if (!this.#threads.delete(thread)) return;
      this.#end(thread)?.resolve({
        ok: false,
        reason: "memory",
        lines: [],
        line: null,
        message: `The code took more memory than it may. ${why}`,
      });
      this.#pump();
    };
    worker.on("error", (error) => lost(error instanceof Error ? error.message : ""));
    worker.on("exit", () => lost("Its thread ended."));
    worker.unref();
    return thread;
  }

  #begin(thread: Thread, waiting: Waiting): void {
    thread.busy = waiting;
    thread.worker.ref();
    const grace = thread.ended === 0 ? graceMs.first : graceMs.later;
    thread.timer = setTimeout(() => {
      this.#drop(thread)?.resolve({
        ok: false,
        reason: "time",
        lines: [],
        line: null,
        message: "The code took longer than it may.",
      });
      this.#pump();
    }, waiting.program.milliseconds + grace);
    thread.worker.postMessage(waiting.program);
  }

  /** The program that the thread had, which it has no more. */
  #end(thread: Thread): Waiting | null {
    const { busy, timer } = thread;
    if (timer !== null) clearTimeout(timer);
    busy?.signal.removeEventListener("abort", busy.abort);
    thread.busy = null;
    thread.timer = null;
    thread.worker.unref();
    return busy;
  }

  #drop(thread: Thread): Waiting | null {
    this.#threads.delete(thread);
    void thread.worker.terminate();
    return this.#end(thread);
  }

  #abort(waiting: Waiting): void {
    this.#waiting.remove(waiting);
    for (const thread of this.#threads) if (thread.busy === waiting) this.#drop(thread);
    waiting.reject(waiting.signal.reason);
    // Others are often cancelled with it, in the same moment: none of them is begun for nothing.
    queueMicrotask(() => this.#pump());
  }
}
