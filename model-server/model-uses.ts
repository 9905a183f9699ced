/** Who uses which model, and when each was last used. By it a model is found idle, and one in use is never let go of. */
export class ModelUses {
  readonly #now: () => number;
  readonly #uses = new Map<string, { users: number; lastUsedAt: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    const use = this.#uses.get(id) ?? { users: 0, lastUsedAt: 0 };
    this.#uses.set(id, use);
    use.users++;
    use.lastUsedAt = this.#now();
    try {
      return await work();
    } finally {
      use.users--;
      use.lastUsedAt = this.#now();
    }
  }

  isInUse(id: string): boolean {
    return (this.#uses.get(id)?.users ?? 0) > 0;
  }

  /** Milliseconds since 1970; undefined for a model never used. */
  lastUsedAt(id: string): number | undefined {
    return this.#uses.get(id)?.lastUsedAt;
  }

  isIdle(id: string, idleMs: number): boolean {
    const use = this.#uses.get(id);
    return use !== undefined && use.users === 0 && this.#now() - use.lastUsedAt >= idleMs;
  }
}
