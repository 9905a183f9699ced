export const ranges = ["1", "7", "30", "90", "365"] as const;
export type Range = (typeof ranges)[number];

const halfHourMs = 30 * 60_000;

/** The reader's hours, days or weeks up to now, and as long before them, so that a day that has just begun is not held against a whole one. Moments as the server takes them. */
export interface Period {
  readonly edges: readonly string[];
  readonly before: string;
}

/** The beginning of the day or hour of the reader in which `at` lies, so many steps on. */
const hour = (at: Date, steps: number): Date => {
  const begun = new Date(at);
  // Not by setMinutes: in the hour that comes twice it would go back to the first of the two.
  begun.setTime(Math.floor(begun.getTime() / halfHourMs) * halfHourMs);
  if (begun.getMinutes() >= 30) begun.setTime(begun.getTime() - halfHourMs);
  return new Date(begun.getTime() + steps * 2 * halfHourMs);
};
const day = (at: Date, steps: number): Date => new Date(at.getFullYear(), at.getMonth(), at.getDate() + steps);

/** Weeks end today. */
const edgesOf = (range: Range, now: Date): readonly Date[] => {
  const days = Number(range);
  if (range === "1") return Array.from({ length: 25 }, (_, place) => hour(now, place - 23));
  if (range === "365") return Array.from({ length: 53 }, (_, place) => day(now, 1 - 7 * (52 - place)));
  return Array.from({ length: days + 1 }, (_, place) => day(now, place - days + 1));
};

export const periodOf = (range: Range, now: Date): Period => {
  const edges = edgesOf(range, now);
  const first = (edges[0] as Date).getTime();
  const soFar = Math.ceil((now.getTime() - first) / halfHourMs) * halfHourMs;
  return { edges: edges.map((edge) => edge.toISOString()), before: new Date(first - soFar).toISOString() };
};
