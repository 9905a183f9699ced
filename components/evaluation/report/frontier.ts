/** What is known of a variant that one chooses by; lower price and time are better. */
export interface Choice {
  readonly price: number;
  /** null where nobody measured it. */
  readonly time: number | null;
  /** Higher is better. */
  readonly score: number;
}

/**
 * Places of the choices that no other one beats: none is at least as good in price, time and score and better in one of them (the Pareto frontier). Times count only where all have one. It
 * goes by the measured means; whether a difference is more than chance is said by the verdict.
 */
export const frontierOf = (choices: readonly Choice[]): ReadonlySet<number> => {
  const timed = choices.every(({ time }) => time !== null);
  const goods = choices.map(({ price, time, score }) => [-price, score, timed ? -(time ?? 0) : 0]);
  const beats = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((good, at) => good >= (other[at] ?? 0)) && one.some((good, at) => good > (other[at] ?? 0));
  return new Set(goods.flatMap((own, place) => (goods.some((other) => beats(other, own)) ? [] : [place])));
};
