/** Two people's (or a judge's and a person's) category of one thing, as places in a list of categories. */
export type Rated = readonly [first: number, second: number];

/** Mean disagreement that was seen, and the one that chance alone would give, 0 … 1. With `quadratic` weights a near miss counts less. */
export const disagreement = (
  pairs: readonly Rated[],
  categories: number,
  weights: "none" | "quadratic" = "none",
): { readonly seen: number; readonly expected: number } => {
  const [rows, columns] = [new Float64Array(categories), new Float64Array(categories)];
  const cost = (left: number, right: number) =>
    weights === "none" ? Number(left !== right) : ((left - right) / Math.max(1, categories - 1)) ** 2;
  let seen = 0;
  for (const [first, second] of pairs) {
    rows[first] = (rows[first] as number) + 1;
    columns[second] = (columns[second] as number) + 1;
    seen += cost(first, second);
  }
  let expected = 0;
  for (let left = 0; left < categories; left += 1)
    for (let right = 0; right < categories; right += 1)
      expected += cost(left, right) * (rows[left] as number) * (columns[right] as number);
  const count = Math.max(1, pairs.length);
  return { seen: seen / count, expected: expected / count ** 2 };
};

/**
 * Agreement of two raters beyond chance, -1 … 1 (Cohen, "A coefficient of agreement for nominal scales", 1960). With `quadratic` weights categories are
 * ordered and a near miss counts less (Cohen, "Weighted kappa", 1968). null where chance alone explains everything: both use one category only.
 */
export const cohenKappa = (
  pairs: readonly Rated[],
  categories: number,
  weights: "none" | "quadratic" = "none",
): number | null => {
  const { seen, expected } = disagreement(pairs, categories, weights);
  return pairs.length === 0 || expected === 0 ? null : 1 - seen / expected;
};
