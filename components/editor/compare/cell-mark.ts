import { type ChosenScorer, type Mark, markOf } from "./answer-mark";
import type { CompareCell } from "./compare-store";
import { type Compared, type OutputChoice, pickOutput } from "./output-choices";

interface MarkedBy {
  readonly compared: Compared;
  readonly chosen: OutputChoice | undefined;
  readonly scorer: ChosenScorer;
  readonly expected: string;
}

/** Whether a cell's answer is right; null while there is none that is whole, or nothing is expected. A run that failed is right in nothing. */
export const cellMark = (
  cell: CompareCell | undefined,
  { compared, chosen, scorer, expected }: MarkedBy,
): Mark | null => {
  if (cell?.phase !== "ended" || chosen === undefined || expected.trim() === "") return null;
  const { status } = cell.run;
  if (status === "failure") return "wrong";
  return status === "success" || status === "empty"
    ? markOf(scorer, pickOutput(compared, cell.run, chosen)?.value, expected)
    : null;
};
