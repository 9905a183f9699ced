import type { Measure, QuestionItem, SearchWay } from "../types";

export interface QuestionRow extends QuestionItem {
  /** null while nothing has been measured since the question was added. */
  readonly ranks: Readonly<Record<SearchWay, number | null>> | null;
}

/** Questions with the places of their answers; those that the joined search does not find come first, then the lowest places. */
export const rankRows = (
  questions: readonly QuestionItem[],
  measured: Pick<Measure, "questions"> | undefined,
): readonly QuestionRow[] => {
  const ranks = new Map(measured?.questions.map((row) => [row.id, row.ranks]));
  const badness = ({ ranks: found }: QuestionRow): number =>
    found === null ? -1 : (found.fused ?? Number.POSITIVE_INFINITY);
  return questions
    .map((question): QuestionRow => ({ ...question, ranks: ranks.get(question.id) ?? null }))
    .map((row, index) => ({ row, index }))
    .sort((left, right) => {
      const [a, b] = [badness(left.row), badness(right.row)];
      return a === b ? left.index - right.index : b - a;
    })
    .map(({ row }) => row);
};
