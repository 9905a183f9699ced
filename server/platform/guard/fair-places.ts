/** Who holds a place: somebody of a workspace, such as an API key or a person. */
export interface Holder {
  readonly workspaceId: string;
  readonly key: string;
}

interface Held {
  readonly byKey: Map<string, number>;
  total: number;
}

/**
 * Places of which none can take all: a workspace may hold as many as are left to everybody else, a key of it as many as are then left to the other
 * keys. One alone gets a good part of all places, and whoever comes later always finds some (the dynamic thresholds of A. K. Choudhury and
 * E. L. Hahne, 1998).
 */
export class FairPlaces {
  readonly #held = new Map<string, Held>();
  #total = 0;

  constructor(private readonly places: number) {}

  get taken(): number {
    return this.#total;
  }

  /** A function that gives the place back, once; null where this holder has its share. */
  take({ workspaceId, key }: Holder): (() => void) | null {
    const held = this.#held.get(workspaceId) ?? { byKey: new Map<string, number>(), total: 0 };
    const mine = held.byKey.get(key) ?? 0;
    const free = this.places - this.#total;
    if (free <= 0 || held.total >= free || mine >= Math.max(1, free - held.total)) return null;
    this.#held.set(workspaceId, held);
    this.#add(workspaceId, held, key, 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#add(workspaceId, held, key, -1);
    };
  }

  #add(workspaceId: string, held: Held, key: string, by: 1 | -1): void {
    this.#total += by;
    held.total += by;
    const left = (held.byKey.get(key) ?? 0) + by;
    if (left > 0) held.byKey.set(key, left);
    else held.byKey.delete(key);
    if (held.total === 0) this.#held.delete(workspaceId);
  }
}
