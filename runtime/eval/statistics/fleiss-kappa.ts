/**
 * Agreement of several raters beyond chance (Fleiss, "Measuring nominal scale agreement among many raters", 1971). `counts[thing][category]`: how many
 * raters chose it; things with fewer than two labels do not count, and things may have different numbers of raters (Fleiss, Levin and Paik, 2003, 18.3).
 * null where everybody always chose one category, or nothing was labelled twice.
 */
export const fleissKappa = (counts: readonly (readonly number[])[]): number | null => {
  const things = counts.flatMap((row) => {
    const raters = row.reduce((sum, count) => sum + count, 0);
    return raters < 2 ? [] : [{ row, raters }];
  });
  const labels = things.reduce((sum, { raters }) => sum + raters, 0);
  if (things.length === 0) return null;
  const shares = (things[0]?.row ?? []).map(
    (_, category) => things.reduce((sum, { row }) => sum + (row[category] ?? 0), 0) / labels,
  );
  const expected = shares.reduce((sum, share) => sum + share * share, 0);
  const seen =
    things.reduce(
      (sum, { row, raters }) =>
        sum + row.reduce((own, count) => own + count * (count - 1), 0) / (raters * (raters - 1)),
      0,
    ) / things.length;
  return expected === 1 ? null : (seen - expected) / (1 - expected);
};
