/** Harmonic mean of precision and recall of `shared` items; 0 where nothing is shared. */
export const f1 = (shared: number, answer: number, reference: number): number =>
  shared === 0 ? 0 : (2 * shared) / (answer + reference);

/** Items of both lists, each counted as often as both have it. */
export const sharedCount = (left: readonly string[], right: readonly string[]): number => {
  const counts = new Map<string, number>();
  for (const item of left) counts.set(item, (counts.get(item) ?? 0) + 1);
  let shared = 0;
  for (const item of right) {
    const count = counts.get(item) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(item, count - 1);
  }
  return shared;
};

/** Length of the longest common subsequence; time is the product of both lengths. */
export const commonSubsequence = (left: readonly string[], right: readonly string[]): number => {
  let former = new Uint32Array(right.length + 1);
  for (const item of left) {
    const next = new Uint32Array(right.length + 1);
    for (let place = 1; place <= right.length; place += 1)
      next[place] =
        item === right[place - 1]
          ? (former[place - 1] as number) + 1
          : Math.max(former[place] as number, next[place - 1] as number);
    former = next;
  }
  return former[right.length] as number;
};
