/**
 * Numbers in [0, 1) that follow from the seed alone, so that a training can be repeated exactly. Mulberry32 by Tommy Ettinger (public domain):
 * a period of 2^32, which is far more than the shuffles of one training draw.
 */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Fisher–Yates, in place. */
export const shuffle = <List extends { length: number; [index: number]: unknown }>(
  list: List,
  random: () => number,
): List => {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const kept = list[index];
    list[index] = list[other];
    list[other] = kept;
  }
  return list;
};
