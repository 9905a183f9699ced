import type { GraphOperation } from "./operation";

/** Several operations as one step of the history. */
export interface Batch {
  readonly type: "batch";
  readonly operations: readonly GraphOperation[];
}
