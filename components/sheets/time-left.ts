/** How far something was at a moment, milliseconds. */
export interface Seen {
  readonly at: number;
  readonly done: number;
}

/** So many must have been seen to end before a guess is worth anything. */
const least = 3;

/** Milliseconds until all are done, at the pace since `first`; null while that cannot be said. */
export const timeLeft = (first: Seen | null, now: Seen, total: number): number | null => {
  if (first === null || now.done - first.done < least || now.at <= first.at) return null;
  return Math.max(0, Math.round(((total - now.done) * (now.at - first.at)) / (now.done - first.done)));
};
