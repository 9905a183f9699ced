/** What waits for a turn, and for whom. */
export interface Waiter {
  /** Such as a workspace. */
  readonly holder: string;
}

/** Turns of several holders: each has one after the other, however many one of them waits for. In the order of coming within a holder. */
export class Turns<T extends Waiter> {
  /** In the order of their turns: a holder that had one goes to the end. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  add(waiter: T): void {
    const line = this.#lines.get(waiter.holder);
    if (line === undefined) this.#lines.set(waiter.holder, [waiter]);
    else line.push(waiter);
    this.#size += 1;
  }

  remove(waiter: T): void {
    const line = this.#lines.get(waiter.holder) ?? [];
    const place = line.indexOf(waiter);
    if (place < 0) return;
    line.splice(place, 1);
    this.#size -= 1;
    if (line.length === 0) this.#lines.delete(waiter.holder);
  }

  /**
   * Takes the next: of the holder that has the fewest under way, and of those the one that stands first. null where nobody waits that
   * has fewer under way than `share`.
   */
  next(underWay: (holder: string) => number, share: number): T | null {
    let chosen: string | null = null;
    let fewest = share;
    for (const holder of this.#lines.keys()) {
      const has = underWay(holder);
      if (has >= fewest) continue;
      chosen = holder;
      fewest = has;
      if (has === 0) break;
    }
    const line = chosen === null ? undefined : this.#lines.get(chosen);
    const waiter = line?.shift();
    if (chosen === null || line === undefined || waiter === undefined) return null;
    this.#size -= 1;
    this.#lines.delete(chosen);
    if (line.length > 0) this.#lines.set(chosen, line);
    return waiter;
  }
}
