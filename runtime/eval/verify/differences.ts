/** Something in a file that is not what it should be. */
export interface Difference {
  /** Path within the file, e.g. `report.metrics[0].comparisons[0].difference.low`. */
  readonly where: string;
  readonly says: unknown;
  readonly found: unknown;
}

/** Numbers that are the same but for the last bits of other processors' arithmetic. */
const tolerance = 1e-9;
const sameNumber = (one: number, other: number): boolean =>
  one === other || Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));

/** Differences that are told; more say no more. */
const most = 20;

/** Where two values of JSON differ: numbers by more than 1e-9 (of their size, above 1), all else at all. A name that is not there is one that is undefined. */
export const differencesOf = (says: unknown, found: unknown, where: string): Difference[] => {
  const differences: Difference[] = [];
  const open: [string, unknown, unknown][] = [[where, says, found]];
  for (let next = open.pop(); next !== undefined && differences.length < most; next = open.pop()) {
    const [path, one, other] = next;
    if (typeof one === "number" && typeof other === "number" && sameNumber(one, other)) continue;
    if (one === other) continue;
    const nested = (value: unknown): value is object => typeof value === "object" && value !== null;
    if (!nested(one) || !nested(other) || Array.isArray(one) !== Array.isArray(other)) {
      differences.push({ where: path, says: one, found: other });
      continue;
    }
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toReversed();
    for (const name of names) {
      const step = Array.isArray(one) ? `[${name}]` : `.${name}`;
      open.push([`${path}${step}`, (one as never)[name], (other as never)[name]]);
    }
  }
  return differences;
};
