/**
 * Draws of many distributions from one seed. Its generator and its methods are others than those of the app, so that a fault in these cannot hide in
 * the experiments that they are tried on.
 */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare: number | null = null;

  constructor(seed: number) {
    // SplitMix (Steele, Lea and Flood, 2014) spreads the seed over the state.
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    for (let round = 0; round < 12; round += 1) this.#bits();
  }

  /** Small fast counting generator of 32 bits (Doty-Humphrey, PractRand). */
  #bits(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) >>> 0;
    this.#c = (this.#c + sum) >>> 0;
    return sum;
  }

  /** In (0, 1). */
  uniform(): number {
    return (this.#bits() + 0.5) / 4_294_967_296;
  }

  is(share: number): boolean {
    return this.uniform() < share;
  }

  /** 0 … count - 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Marsaglia and Bray's polar method, 1964. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const [x, y] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** With mean 1. `spread` is the standard deviation of its logarithm. */
  logNormal(spread: number): number {
    return Math.exp(spread * this.normal() - (spread * spread) / 2);
  }

  /** With mean 1: its tail falls with the power `shape`, which is over 1. */
  pareto(shape: number): number {
    return ((shape - 1) / shape) * this.uniform() ** (-1 / shape);
  }

  /** Marsaglia and Tsang, 2000. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  beta(one: number, other: number): number {
    const x = this.gamma(one);
    return x / (x + this.gamma(other));
  }

  /** Bailey, 1994: a normal over the root of an independent gamma. */
  student(freedom: number): number {
    return this.normal() / Math.sqrt((2 * this.gamma(freedom / 2)) / freedom);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const list = [...items];
    for (let last = list.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [list[last], list[other]] = [list[other] as Item, list[last] as Item];
    }
    return list;
  }
}
