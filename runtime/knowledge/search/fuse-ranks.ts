/** What one way of searching found, best first. Scores are 0..1 and comparable within the list only. */
export interface RankedPassage {
  readonly id: string;
  readonly score: number;
}

interface FusedPassage {
  readonly id: string;
  /** 1 where every way puts it first, towards 0 where none does. */
  readonly score: number;
  /** Its rank in each list, from 1; null where that way did not find it. */
  readonly ranks: readonly (number | null)[];
}

/** Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009. */
const reciprocalRankConstant = 60;

interface FuseOptions {
  readonly constant?: number;
  /**
   * `even`: every place counts alike, as in the paper. `by-score`, the default: a place counts in the proportion of its score to the
   * list's best. A way that is sure (its first place far ahead) then outweighs one that hardly tells its places apart; the paper's ranks
   * alone cannot say so. There is nothing to fit: no weight of a way, no scale of its scores.
   */
  readonly votes?: "even" | "by-score";
}

/** Joins lists by reciprocal rank: a passage scores the sum of 1 / (60 + rank) over the lists that have it. Of equals the first found comes first. */
export const fuseRanks = (
  lists: readonly (readonly RankedPassage[])[],
  { constant = reciprocalRankConstant, votes = "by-score" }: FuseOptions = {},
): readonly FusedPassage[] => {
  const most = lists.length / (constant + 1);
  const found = new Map<string, { sum: number; ranks: (number | null)[] }>();
  lists.forEach((list, way) => {
    const best = list[0]?.score ?? 0;
    list.forEach(({ id, score }, index) => {
      const passage = found.get(id) ?? { sum: 0, ranks: lists.map(() => null) };
      found.set(id, passage);
      passage.ranks[way] = index + 1;
      const vote = votes === "even" ? 1 : best > 0 ? Math.max(0, score) / best : 0;
      passage.sum += vote / (constant + index + 1);
    });
  });
  return [...found]
    .map(([id, { sum, ranks }]) => ({ id, score: most === 0 ? 0 : sum / most, ranks }))
    .sort((left, right) => right.score - left.score);
};
