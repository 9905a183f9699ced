import path from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerMessage } from "./worker";
import type { TaskProgress, WorkerResults, WorkerTask } from "./worker-task";

export interface WorkerOptions {
  /** Folder of the installation. */
  readonly root: string;
  readonly signal?: AbortSignal;
  readonly progress?: TaskProgress;
}

/**
 * Does a task on a thread of its own, so that the app answers meanwhile. Rejects with the signal's reason as soon as it aborts; the thread is ended
 * then, and takes its memory with it.
 */
export const runInWorker = <Task extends WorkerTask>(
  task: Task,
  { root, signal, progress = () => {} }: WorkerOptions,
): Promise<WorkerResults[Task["kind"]]> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const file = path.join(/* turbopackIgnore: true */ root, "runtime", "fine-tuning", "worker-start.mjs");
    const worker = new Worker(file, { workerData: task, execArgv: [] });
    const end = (settle: () => void) => {
      signal?.removeEventListener("abort", abort);
      settle();
      void worker.terminate();
    };
    const abort = () => end(() => reject(signal?.reason));
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "progress") progress(message.stage, message.done, message.total);
      else end(() => resolve(message.result as WorkerResults[Task["kind"]]));
    });
    worker.on("error", (error) => end(() => reject(error)));
    worker.on("exit", (code) => end(() => reject(new Error(`The thread ended with code ${code}.`))));
  });
