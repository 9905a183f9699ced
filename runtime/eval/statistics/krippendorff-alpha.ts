export type LabelScale = "nominal" | "ordinal" | "interval";

/**
 * Krippendorff's alpha, -1 … 1: agreement of any number of raters, labels may be missing (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011).
 * `units` are the labels of each thing, in any order; for `ordinal` and `interval` labels are numbers. null where nothing is labelled twice or nothing differs.
 */
export const krippendorffAlpha = (
  units: readonly (readonly (string | number)[])[],
  scale: LabelScale = "nominal",
): number | null => {
  const paired = units.filter((labels) => labels.length > 1);
  const values = [...new Set(paired.flat())].sort((left, right) =>
    typeof left === "number" && typeof right === "number" ? left - right : String(left) < String(right) ? -1 : 1,
  );
  const place = new Map(values.map((value, index) => [value, index]));
  const totals = new Float64Array(values.length);
  for (const value of paired.flat()) {
    const index = place.get(value) as number;
    totals[index] = (totals[index] as number) + 1;
  }
  const count = totals.reduce((sum, each) => sum + each, 0);
  const cumulated = new Float64Array(values.length);
  for (const [index, each] of totals.entries()) cumulated[index] = (cumulated[index - 1] ?? 0) + each;
  const distance = (left: number, right: number): number => {
    if (left === right) return 0;
    if (scale === "nominal") return 1;
    if (scale === "interval") return (Number(values[left]) - Number(values[right])) ** 2;
    const [low, high] = left < right ? [left, right] : [right, left];
    const between = (cumulated[high] as number) - (cumulated[low] as number) + (totals[low] as number);
    return (between - ((totals[low] as number) + (totals[high] as number)) / 2) ** 2;
  };
  let seen = 0;
  for (const labels of paired) {
    const places = labels.map((value) => place.get(value) as number);
    let own = 0;
    for (const left of places) for (const right of places) own += distance(left, right);
    seen += own / (labels.length - 1);
  }
  let expected = 0;
  for (let left = 0; left < values.length; left += 1)
    for (let right = 0; right < values.length; right += 1)
      expected += (totals[left] as number) * (totals[right] as number) * distance(left, right);
  return expected === 0 ? null : 1 - ((count - 1) * seen) / expected;
};
