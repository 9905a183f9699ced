/**
 * Milliseconds folded into log-spaced buckets, so that sketches of any stretches of time add up to the sketch of all of them, and a quantile of the sum is as right as
 * one of a part. C. Masson, J. E. Rim and H. K. Lee, "DDSketch", PVLDB 12 (2019) 2195: bucket i holds what lies in (γ^(i-1), γ^i] with γ = (1 + α) / (1 - α), and
 * 2 γ^i / (γ + 1) is at most a share α away from each of them.
 */
export type Sketch = Map<number, number>;

/** α: a quantile that is read is at most so far from the true one, as a share of it. */
export const sketchError = 0.01;
const gamma = (1 + sketchError) / (1 - sketchError);
const logGamma = Math.log(gamma);
/** What took less than a millisecond, which is no more than is measured. */
const below = 0;
/** A month, which is longer than any run may take: what is longer counts as that. So there are at most 1,084 buckets. */
export const longestMs = 31 * 86_400_000;

const bucketOf = (ms: number): number =>
  ms < 1 ? below : 1 + Math.max(0, Math.ceil(Math.log(Math.min(ms, longestMs)) / logGamma));

const middleOf = (bucket: number): number =>
  bucket === below ? 0 : Math.max(1, (2 * gamma ** (bucket - 1)) / (gamma + 1));

export const addTo = (sketch: Sketch, ms: number): void => {
  const bucket = bucketOf(ms);
  sketch.set(bucket, (sketch.get(bucket) ?? 0) + 1);
};

/** Adds the second to the first. */
export const mergeInto = (sketch: Sketch, other: Sketch): void => {
  for (const [bucket, count] of other) sketch.set(bucket, (sketch.get(bucket) ?? 0) + count);
};

export const countOf = (sketch: Sketch): number => {
  let count = 0;
  for (const each of sketch.values()) count += each;
  return count;
};

/** The value that a share `q` of all are no longer than (nearest rank), one for each share; null where there are none. */
export const quantilesOf = (sketch: Sketch, shares: readonly number[]): readonly (number | null)[] => {
  const buckets = [...sketch].sort(([one], [other]) => one - other);
  const count = countOf(sketch);
  return shares.map((share) => {
    if (count === 0) return null;
    // 0.95 × 20 is 19.000000000000004 or less than 19 by a digit, never meant so.
    const rank = Math.max(1, Math.ceil(share * count - 1e-9));
    let seen = 0;
    for (const [bucket, times] of buckets) {
      seen += times;
      if (seen >= rank) return middleOf(bucket);
    }
    return null;
  });
};

/** How many took longer than `ms`, up to the width of one bucket. */
export const countAbove = (sketch: Sketch, ms: number): number => {
  const bucket = bucketOf(ms);
  let count = 0;
  for (const [each, times] of sketch) if (each > bucket) count += times;
  return count;
};

/** `bucket:count` by spaces, each bucket as how far it is from the one before. */
export const writeSketch = (sketch: Sketch): string => {
  let former = 0;
  return [...sketch]
    .sort(([one], [other]) => one - other)
    .map(([bucket, count]) => {
      const step = bucket - former;
      former = bucket;
      return count === 1 ? `${step}` : `${step}:${count}`;
    })
    .join(" ");
};

export const readSketch = (text: string): Sketch => {
  const sketch: Sketch = new Map();
  if (text === "") return sketch;
  let bucket = 0;
  for (const part of text.split(" ")) {
    const colon = part.indexOf(":");
    bucket += Number(colon < 0 ? part : part.slice(0, colon));
    sketch.set(bucket, colon < 0 ? 1 : Number(part.slice(colon + 1)));
  }
  return sketch;
};

/** To the stated error, as each of what is added up is. */
export const meanOf = (sketch: Sketch): number | null => {
  const count = countOf(sketch);
  if (count === 0) return null;
  let sum = 0;
  for (const [bucket, times] of sketch) sum += middleOf(bucket) * times;
  return sum / count;
};
