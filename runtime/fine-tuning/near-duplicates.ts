import { atOnce, type Steps } from "../node/steps";
import { bareText } from "./normalise-text";
import { seededRandom } from "./seeded-random";

/** 16 bands of 4: two texts that share 70 % of their shingles meet in some band with 99 %, two that share 30 % with 12 %, and are then compared. */
const bands = 16;
const bandRows = 4;
/** Share of common shingles from which two texts count as the same thing said twice. */
export const nearDuplicateSimilarity = 0.8;
/** Texts of one band's bucket that are compared with each other: a form letter may fill a bucket with thousands. */
const mostCompared = 50;

/** Hashes of the letters in fives of a text (threes where it is short or Chinese), without case, punctuation and spacing; ascending, each once. */
export const shingles = (text: string): Uint32Array => {
  const bare = ` ${bareText(text)} `;
  const size = bare.length < 24 || /\p{Script=Han}/u.test(bare) ? 3 : 5;
  const found = new Uint32Array(Math.max(0, bare.length - size + 1));
  for (let at = 0; at < found.length; at += 1) {
    let value = 0x811c9dc5;
    for (let index = at; index < at + size; index += 1) value = Math.imul(value ^ bare.charCodeAt(index), 0x01000193);
    found[at] = value;
  }
  found.sort();
  let count = 0;
  for (let at = 0; at < found.length; at += 1)
    if (at === 0 || found[at] !== found[at - 1]) found[count++] = found[at] as number;
  return found.slice(0, count);
};

/** Common shingles by all shingles. Both lists ascend. */
export const jaccard = (left: Uint32Array, right: Uint32Array): number => {
  let common = 0;
  for (let one = 0, other = 0; one < left.length && other < right.length; ) {
    const difference = (left[one] as number) - (right[other] as number);
    if (difference === 0) common += 1;
    if (difference <= 0) one += 1;
    if (difference >= 0) other += 1;
  }
  return common === 0 ? 0 : common / (left.length + right.length - common);
};

/**
 * Groups of texts that say nearly the same, as places in the list; every group has at least two. MinHash with banding: Broder, "On the resemblance
 * and containment of documents", 1997; Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", section 3.4. Candidates are compared exactly, so
 * nothing is grouped by a mere collision.
 */
export const nearDuplicateGroups = (texts: readonly string[]): number[][] => atOnce(nearDuplicateSteps(texts));

/** The same, left after each text that was looked at. */
export function* nearDuplicateSteps(texts: readonly string[]): Steps<number[][]> {
  const random = seededRandom(20_240_229);
  const hashes = bands * bandRows;
  const factors = Uint32Array.from({ length: hashes }, () => (random() * 0xffff_ffff) | 1);
  const shifts = Uint32Array.from({ length: hashes }, () => random() * 0xffff_ffff);
  const sets: Uint32Array[] = [];
  for (const text of texts) {
    sets.push(shingles(text));
    yield;
  }
  const signatures = new Uint32Array(texts.length * hashes).fill(0xffff_ffff);
  for (const [place, set] of sets.entries()) {
    const start = place * hashes;
    for (let index = 0; index < hashes; index += 1) {
      const factor = factors[index] as number;
      const shift = shifts[index] as number;
      let least = 0xffff_ffff;
      for (let at = 0; at < set.length; at += 1) {
        const mixed = Math.imul(set[at] as number, factor) ^ shift;
        const value = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
        if (value < least) least = value;
      }
      signatures[start + index] = least;
    }
    yield;
  }
  const parents = Int32Array.from(texts, (_, index) => index);
  const rootOf = (place: number): number => {
    let root = place;
    while (parents[root] !== root) root = parents[root] as number;
    for (let at = place; parents[at] !== root; ) {
      const next = parents[at] as number;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (let band = 0; band < bands; band += 1) {
    const buckets = new Map<number, number[]>();
    for (let place = 0; place < texts.length; place += 1) {
      if (sets[place]?.length === 0) continue;
      const start = place * hashes + band * bandRows;
      // Half of 53 bits from each side: a collision costs one comparison, nothing else.
      let [low, high] = [0x811c9dc5, 0x1000193];
      for (let row = 0; row < bandRows; row += 1) {
        const value = signatures[start + row] as number;
        low = Math.imul(low ^ value, 0x01000193);
        high = Math.imul(high ^ (value >>> 7), 0x85ebca6b);
      }
      const key = (low >>> 0) * 2 ** 21 + ((high >>> 11) & 0x1f_ffff);
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [place]);
      else bucket.push(place);
    }
    for (const bucket of buckets.values()) {
      for (let index = 1; index < bucket.length; index += 1) {
        yield;
        const place = bucket[index] as number;
        for (let other = Math.max(0, index - mostCompared); other < index; other += 1) {
          const before = bucket[other] as number;
          const [left, right] = [rootOf(place), rootOf(before)];
          if (left === right) continue;
          if (jaccard(sets[place] as Uint32Array, sets[before] as Uint32Array) >= nearDuplicateSimilarity)
            parents[Math.max(left, right)] = Math.min(left, right);
        }
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (let place = 0; place < texts.length; place += 1) {
    const root = rootOf(place);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [place]);
    else group.push(place);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
