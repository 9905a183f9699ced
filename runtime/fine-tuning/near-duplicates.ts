import { bareText } from "./normalise-text";
import { seededRandom } from "./seeded-random";

/** 16 bands of 4: two texts that share 70 % of their shingles meet in some band with 99 %, two that share 30 % with 12 %, and are then compared. */
const bands = 16;
const bandRows = 4;
/** Share of common shingles from which two texts count as the same thing said twice. */
export const nearDuplicateSimilarity = 0.8;
/** Texts of one band's bucket that are compared with each other: a form letter may fill a bucket with thousands. */
const mostCompared = 50;

/** Hashes of the letters in fives of a text (threes where it is short or Chinese), without case, punctuation and spacing. */
export const shingles = (text: string): Set<number> => {
  const bare = ` ${bareText(text)} `;
  const size = /\p{Script=Han}/u.test(bare) || bare.length < 24 ? 3 : 5;
  const found = new Set<number>();
  for (let at = 0; at + size <= bare.length; at += 1) {
    let value = 0x811c9dc5;
    for (let index = at; index < at + size; index += 1) value = Math.imul(value ^ bare.charCodeAt(index), 0x01000193);
    found.add(value >>> 0);
  }
  return found;
};

export const jaccard = (left: ReadonlySet<number>, right: ReadonlySet<number>): number => {
  let common = 0;
  for (const each of left) if (right.has(each)) common += 1;
  return common === 0 ? 0 : common / (left.size + right.size - common);
};

/**
 * Groups of texts that say nearly the same, as places in the list; every group has at least two. MinHash with banding: Broder, "On the resemblance
 * and containment of documents", 1997; Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", section 3.4. Candidates are compared exactly, so
 * nothing is grouped by a mere collision.
 */
export const nearDuplicateGroups = (texts: readonly string[]): number[][] => {
  const random = seededRandom(20_240_229);
  const hashes = bands * bandRows;
  const factors = Uint32Array.from({ length: hashes }, () => (random() * 0xffff_ffff) | 1);
  const shifts = Uint32Array.from({ length: hashes }, () => random() * 0xffff_ffff);
  const sets = texts.map(shingles);
  const signatures = sets.map((set) => {
    const signature = new Uint32Array(hashes).fill(0xffff_ffff);
    for (const shingle of set) {
      for (let index = 0; index < hashes; index += 1) {
        const mixed = (Math.imul(shingle, factors[index] as number) ^ (shifts[index] as number)) >>> 0;
        const value = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
        if (value < (signature[index] as number)) signature[index] = value;
      }
    }
    return signature;
  });
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
    const buckets = new Map<string, number[]>();
    for (const [place, signature] of signatures.entries()) {
      if (sets[place]?.size === 0) continue;
      const key = signature.subarray(band * bandRows, (band + 1) * bandRows).join();
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [place]);
      else bucket.push(place);
    }
    for (const bucket of buckets.values()) {
      for (let index = 1; index < bucket.length; index += 1) {
        const place = bucket[index] as number;
        for (let other = Math.max(0, index - mostCompared); other < index; other += 1) {
          const before = bucket[other] as number;
          const [left, right] = [rootOf(place), rootOf(before)];
          if (left === right) continue;
          if (jaccard(sets[place] ?? new Set(), sets[before] ?? new Set()) >= nearDuplicateSimilarity)
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
};
