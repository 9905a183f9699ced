import { checkRows, type Finding } from "./check-rows";
import { type Cleaning, cleanRows } from "./clean-rows";
import type { LabelledRow } from "./labelled-row";
import { runTrainingTask, type TrainingResult, type TrainingStage, type TrainingTask } from "./training-task";

/** Work that would keep the app from answering, and so runs on a thread of its own. */
export type WorkerTask =
  | { readonly kind: "check"; readonly rows: readonly LabelledRow[] }
  | { readonly kind: "clean"; readonly rows: readonly LabelledRow[]; readonly cleaning: Cleaning }
  | ({ readonly kind: "train" } & TrainingTask);

export interface WorkerResults {
  readonly check: Finding[];
  readonly clean: LabelledRow[];
  readonly train: TrainingResult;
}
export type TaskProgress = (stage: TrainingStage, done: number, total: number) => void;

export const doTask = (
  task: WorkerTask,
  progress: TaskProgress,
  now: () => number,
): WorkerResults[WorkerTask["kind"]] => {
  switch (task.kind) {
    case "check":
      return checkRows(task.rows);
    case "clean":
      return cleanRows(task.rows, task.cleaning);
    case "train":
      return runTrainingTask(task, progress, now);
    default:
      return task satisfies never;
  }
};
