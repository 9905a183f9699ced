/** UTF-16 code units of a text or a word, and how many of them count. */
export interface Units {
  readonly units: Uint16Array;
  readonly length: number;
}

/** `end` is exclusive. Return true to see no shorter word that ends at the same place. */
export type OnMatch = (end: number, length: number, word: number) => boolean;

/**
 * Aho and Corasick, "Efficient string matching" (1975): finds every word of a list in one pass over a text, however many words there are.
 * States live in typed arrays and transitions in one open-addressed hash table, so that 100,000 words are a few arrays and not a
 * million objects.
 */
export class AhoCorasick {
  readonly #root = new Int32Array(0x10000);
  readonly #fail: Int32Array;
  /** Nearest state on the chain of suffixes that ends a word; 0 is none. */
  readonly #next: Int32Array;
  /** Word that ends in a state, plus one; 0 is none. */
  readonly #word: Int32Array;
  readonly #depth: Int32Array;
  readonly #fromState: Int32Array;
  readonly #fromUnit: Uint16Array;
  readonly #target: Int32Array;
  readonly #mask: number;

  /** Empty words are passed over; of equal words the first counts. */
  constructor(words: readonly Units[]) {
    const most = 1 + words.reduce((sum, { length }) => sum + length, 0);
    let slots = 16;
    while (slots < most * 2) slots *= 2;
    this.#mask = slots - 1;
    this.#fromState = new Int32Array(slots).fill(-1);
    this.#fromUnit = new Uint16Array(slots);
    this.#target = new Int32Array(slots);
    const word = new Int32Array(most);
    const depth = new Int32Array(most);
    const parent = new Int32Array(most);
    const unit = new Uint16Array(most);
    let states = 1;
    for (const [index, { units, length }] of words.entries()) {
      let state = 0;
      for (let at = 0; at < length; at += 1) {
        const code = units[at] ?? 0;
        let child = this.#child(state, code);
        if (child === 0) {
          child = states++;
          depth[child] = at + 1;
          parent[child] = state;
          unit[child] = code;
          this.#connect(state, code, child);
        }
        state = child;
      }
      if (state !== 0 && word[state] === 0) word[state] = index + 1;
    }
    this.#word = word.slice(0, states);
    this.#depth = depth.slice(0, states);
    this.#fail = new Int32Array(states);
    this.#next = new Int32Array(states);
    for (const state of byDepth(this.#depth)) {
      const fail = (depth[state] ?? 0) < 2 ? 0 : this.#step(this.#fail[parent[state] ?? 0] ?? 0, unit[state] ?? 0);
      this.#fail[state] = fail;
      this.#next[state] = word[fail] === 0 ? (this.#next[fail] ?? 0) : fail;
    }
  }

  /** Calls back for the words that end at each place, from left to right, the longest first. */
  scan({ units, length }: Units, onMatch: OnMatch): void {
    let state = 0;
    for (let at = 0; at < length; at += 1) {
      state = this.#step(state, units[at] ?? 0);
      if (state === 0) continue;
      let found = this.#word[state] === 0 ? (this.#next[state] ?? 0) : state;
      while (found !== 0 && !onMatch(at + 1, this.#depth[found] ?? 0, (this.#word[found] ?? 0) - 1)) {
        found = this.#next[found] ?? 0;
      }
    }
  }

  #step(from: number, code: number): number {
    for (let state = from; state !== 0; state = this.#fail[state] ?? 0) {
      const child = this.#child(state, code);
      if (child !== 0) return child;
    }
    return this.#root[code] ?? 0;
  }

  #child(state: number, code: number): number {
    if (state === 0) return this.#root[code] ?? 0;
    let slot = hash(state, code) & this.#mask;
    for (let held = this.#fromState[slot]; held !== -1; held = this.#fromState[slot]) {
      if (held === state && this.#fromUnit[slot] === code) return this.#target[slot] ?? 0;
      slot = (slot + 1) & this.#mask;
    }
    return 0;
  }

  #connect(state: number, code: number, child: number): void {
    if (state === 0) {
      this.#root[code] = child;
      return;
    }
    let slot = hash(state, code) & this.#mask;
    while (this.#fromState[slot] !== -1) slot = (slot + 1) & this.#mask;
    this.#fromState[slot] = state;
    this.#fromUnit[slot] = code;
    this.#target[slot] = child;
  }
}

const hash = (state: number, code: number): number => {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
};

/** All states but the root, the shallow ones first: a failure link points to a shallower state. */
const byDepth = (depth: Int32Array): Int32Array => {
  const deepest = depth.reduce((most, value) => Math.max(most, value), 0);
  /** Where the states of a depth begin. */
  const places = new Int32Array(deepest + 2);
  const add = (at: number, value: number): number => {
    const before = places[at] ?? 0;
    places[at] = before + value;
    return before;
  };
  for (let state = 1; state < depth.length; state += 1) add((depth[state] ?? 0) + 1, 1);
  for (let level = 1; level < places.length; level += 1) add(level, places[level - 1] ?? 0);
  const sorted = new Int32Array(Math.max(0, depth.length - 1));
  for (let state = 1; state < depth.length; state += 1) sorted[add(depth[state] ?? 0, 1)] = state;
  return sorted;
};
