/** Indices by p-value, least first; equal ones in their order. */
const ranked = (pValues: readonly number[]) =>
  pValues.map((_, index) => index).sort((one, other) => (pValues[one] as number) - (pValues[other] as number));

/** Adjusted p-values that keep the chance of any false finding below alpha: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65. */
export const holm = (pValues: readonly number[]): number[] => {
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, index] of ranked(pValues).entries()) {
    largest = Math.max(largest, (pValues.length - rank) * (pValues[index] as number));
    adjusted[index] = Math.min(1, largest);
  }
  return adjusted;
};

/** Adjusted p-values that keep the share of false ones among the findings below alpha: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289. */
export const benjaminiHochberg = (pValues: readonly number[]): number[] => {
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  for (const [place, index] of ranked(pValues).toReversed().entries()) {
    least = Math.min(least, (pValues.length / (pValues.length - place)) * (pValues[index] as number));
    adjusted[index] = least;
  }
  return adjusted;
};
