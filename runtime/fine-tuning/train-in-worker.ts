import path from "node:path";
import { Worker } from "node:worker_threads";
import type { TrainingResult, TrainingStage, TrainingTask } from "./training-task";
import type { WorkerMessage } from "./training-worker";

/**
 * Runs a training on a thread of its own, so that the app answers meanwhile. Rejects with the signal's reason as soon as it aborts; the thread is
 * ended then and takes its memory with it. `root` is the folder of the installation.
 */
export const trainInWorker = (
  task: TrainingTask,
  options: {
    readonly root: string;
    readonly signal: AbortSignal;
    readonly progress: (stage: TrainingStage, done: number, total: number) => void;
  },
): Promise<TrainingResult> =>
  new Promise((resolve, reject) => {
    options.signal.throwIfAborted();
    const file = path.join(/* turbopackIgnore: true */ options.root, "runtime", "fine-tuning", "training-worker.ts");
    const worker = new Worker(file, {
      workerData: task,
      execArgv: ["--import", "tsx"],
      transferList: [task.train.vectors.buffer as ArrayBuffer, task.test.vectors.buffer as ArrayBuffer],
    });
    const end = (settle: () => void) => {
      options.signal.removeEventListener("abort", abort);
      settle();
      void worker.terminate();
    };
    const abort = () => end(() => reject(options.signal.reason));
    options.signal.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "progress") options.progress(message.stage, message.done, message.total);
      else end(() => resolve(message.result));
    });
    worker.on("error", (error) => end(() => reject(error)));
    worker.on("exit", (code) => end(() => reject(new Error(`The training thread ended with code ${code}.`))));
  });
