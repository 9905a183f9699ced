import { parentPort, workerData } from "node:worker_threads";
import type { TrainingStage } from "./training-task";
import { doTask, type WorkerTask } from "./worker-task";

export type WorkerMessage =
  | { readonly type: "progress"; readonly stage: TrainingStage; readonly done: number; readonly total: number }
  | { readonly type: "result"; readonly result: unknown };

const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const report = (stage: TrainingStage, done: number, total: number) => send({ type: "progress", stage, done, total });
send({ type: "result", result: doTask(workerData as WorkerTask, report, Date.now) });
