import { parentPort, workerData } from "node:worker_threads";
import { runTrainingTask, type TrainingResult, type TrainingStage, type TrainingTask } from "./training-task";

export type WorkerMessage =
  | { readonly type: "progress"; readonly stage: TrainingStage; readonly done: number; readonly total: number }
  | { readonly type: "result"; readonly result: TrainingResult };

const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const result = runTrainingTask(
  workerData as TrainingTask,
  (stage, done, total) => send({ type: "progress", stage, done, total }),
  Date.now,
);
send({ type: "result", result });
