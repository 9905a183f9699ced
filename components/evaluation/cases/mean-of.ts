import type { CellItem } from "../types";

/** A variant's value on a case: the mean over its repeats; null where no repeat has one. */
export const meanOf = (
  cells: readonly Pick<CellItem, "variant" | "values">[],
  variant: number,
  metric: string | null,
): number | null => {
  if (metric === null) return null;
  const values = cells.flatMap((cell) => {
    const value =
      cell.variant === variant ? (cell.values as Readonly<Record<string, number | null>>)[metric] : undefined;
    return value === undefined || value === null ? [] : [value];
  });
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
};
