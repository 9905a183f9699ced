import type { Finding } from "@/runtime/fine-tuning/check-rows";
import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import { runInWorker } from "@/runtime/fine-tuning/run-in-worker";
import { doTask, type WorkerResults, type WorkerTask } from "@/runtime/fine-tuning/worker-task";

/** Rows up to which a thread costs more than the work. */
const smallSet = 2_000;

/** Checks and cleans without keeping the app from answering. */
export const onRows = async <Task extends Exclude<WorkerTask, { kind: "train" }>>(
  task: Task,
): Promise<WorkerResults[Task["kind"]]> => {
  if (task.rows.length <= smallSet) return doTask(task, () => {}, Date.now) as WorkerResults[Task["kind"]];
  return runInWorker(task, { root: process.cwd() });
};

export const findingsOf = (rows: readonly LabelledRow[]): Promise<Finding[]> => onRows({ kind: "check", rows });
