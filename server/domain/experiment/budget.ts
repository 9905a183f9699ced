/**
 * Money of one part of an experiment, in millionths of a US dollar: says whether one thing more may be begun beside those under way, if each takes as much as
 * the dearest so far did. What has no known cost counts as much as the dearest: never as nothing.
 */
export class Budget {
  #spent: number;
  #dearest = 0;
  #underWay = 0;
  #ended = 0;
  #isUnknown = false;

  /** `limit` null: no bound. `spent`: what went before. */
  constructor(
    private readonly limit: number | null,
    spent: number,
  ) {
    this.#spent = spent;
  }

  get spent(): number {
    return this.#spent;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Nothing has shown yet what one takes: then one goes alone before many go at once. */
  get isBlind(): boolean {
    return this.limit !== null && this.#ended === 0;
  }

  /** There is a bound, and nothing that was paid had a known cost: it cannot be kept. */
  get isUnkeepable(): boolean {
    return this.limit !== null && this.#isUnknown && this.#dearest === 0;
  }

  get hasRoom(): boolean {
    if (this.limit === null) return true;
    if (this.#spent > 0 && this.#spent >= this.limit) return false;
    return this.#spent + this.#dearest * (this.#underWay + 1) <= this.limit;
  }

  /** One thing begins; `end` once, whatever became of it, with whether it shows what others take. */
  begin(): Purse {
    this.#underWay += 1;
    let cost = 0;
    return {
      get cost() {
        return cost;
      },
      pay: (microUsd) => {
        if (microUsd === null) this.#isUnknown = true;
        const charged = microUsd ?? (this.limit === null ? 0 : this.#dearest);
        cost += charged;
        this.#spent += charged;
      },
      end: (isTelling) => {
        this.#underWay -= 1;
        if (isTelling) this.#ended += 1;
        this.#dearest = Math.max(this.#dearest, cost);
      },
    };
  }
}

/** What one thing takes, apart from all others that go on at the same time. */
export interface Purse {
  readonly cost: number;
  /** Millionths of a US dollar; null where nobody knows. */
  readonly pay: (microUsd: number | null) => void;
  readonly end: (isTelling: boolean) => void;
}
