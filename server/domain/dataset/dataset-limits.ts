import { evalLimits } from "@/runtime/eval/contract/limits";

const megabyte = 1024 * 1024;

/** Bounds of datasets beside those that experiments share. */
export const datasetLimits = {
  ...evalLimits,
  descriptionCharacters: 2_000,
  groupCharacters: 200,
  /** Bytes of all values of one dataset: they are all in memory when it is frozen, checked or exported. */
  bytes: 64 * megabyte,
  /** Rows that one request adds, changes or removes by name. */
  rowsAtOnce: 1_000,
  /** Rows that one request reads. */
  page: 200,
  versions: 1_000,
} as const;
