/** What is under way in all frames of one run together, and who waits for a place. */
export class RunLoad {
  /** Nodes under way. Containers do not count: they wait for the nodes in them, which could then never begin. */
  active = 0;
  /** Frames opened so far. */
  frames = 0;
  #waiting: Set<() => void> | null = null;
  #waking = false;

  constructor(
    /** Most nodes under way at once. */
    private readonly most: number,
  ) {}

  get full(): boolean {
    return this.active >= this.most;
  }

  /** Calls back once there is a place; one who waits already waits once. */
  whenFree(callback: () => void): void {
    this.#waiting ??= new Set();
    this.#waiting.add(callback);
  }

  /** Gives places that have become free to those who wait, the longest waiting first. */
  wake(): void {
    if (this.#waiting === null || this.#waking || this.#waiting.size === 0) return;
    this.#waking = true;
    // Who finds no place after all waits on, at the end.
    for (const next of this.#waiting) {
      if (this.full) break;
      this.#waiting.delete(next);
      next();
    }
    this.#waking = false;
  }
}
