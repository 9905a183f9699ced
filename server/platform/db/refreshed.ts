/** How long what was looked up is believed without looking again, in milliseconds. */
const trustMs = 1_000;
/** Until when it is used while somebody looks again behind it. Another process may go on by the former state for as long as both together. */
const useMs = 2_000;

interface Kept<Value> {
  readonly value: Value;
  readonly lookedUpAt: number;
}

/**
 * What requests look up again and again, kept for two seconds at most. After the first of them it is looked up anew behind a request, so that none waits
 * as long as requests keep coming; what many ask for at once is looked up once. Absence is not kept: what was just made is found at once.
 */
export class Refreshed<Value extends object> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #under = new Map<string, Promise<Value | null>>();

  constructor(private readonly most: number) {}

  async get(key: string, lookUp: () => Promise<Value | null>, now: () => number = Date.now): Promise<Value | null> {
    const kept = this.#kept.get(key);
    const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.lookedUpAt;
    if (kept !== undefined && age < useMs) {
      if (age >= trustMs && !this.#under.has(key)) {
        this.#look(key, lookUp, now).catch((error: unknown) =>
          console.error("a lookup failed and is repeated:", error),
        );
      }
      return kept.value;
    }
    return this.#under.get(key) ?? this.#look(key, lookUp, now);
  }

  /** What is being looked up may be what was before, so it is looked up anew. */
  forget(key: string): void {
    this.#kept.delete(key);
    this.#under.delete(key);
  }

  #look(key: string, lookUp: () => Promise<Value | null>, now: () => number): Promise<Value | null> {
    // From before the question: what changes meanwhile is found two seconds after it at the latest.
    const lookedUpAt = now();
    const under = lookUp()
      .then((value) => {
        if (this.#under.get(key) !== under) return value;
        if (value === null) this.#kept.delete(key);
        else {
          if (this.#kept.size >= this.most) this.#kept.clear();
          this.#kept.set(key, { value, lookedUpAt });
        }
        return value;
      })
      .finally(() => {
        if (this.#under.get(key) === under) this.#under.delete(key);
      });
    this.#under.set(key, under);
    return under;
  }
}
