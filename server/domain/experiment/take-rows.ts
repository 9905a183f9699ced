import type { DatasetRow } from "@/runtime/eval/contract/dataset-row";
import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { seededRandom, shuffle } from "@/runtime/fine-tuning/seeded-random";

/** The rows that an experiment takes, in the order that the seed gives: the first so many are then a fair sample of all. */
export const takeRows = (
  rows: readonly DatasetRow[],
  { splits, tags, most }: ExperimentSpec["rows"],
  seed: number,
): DatasetRow[] => {
  const wanted = rows.filter(
    (row) =>
      (splits.length === 0 || (row.split !== null && splits.includes(row.split))) &&
      (tags.length === 0 || row.tags.some((tag) => tags.includes(tag))),
  );
  return shuffle([...wanted], seededRandom(seed)).slice(0, most ?? wanted.length);
};
