import { askFront, type FrontMessage, placesWanted } from "@/server/platform/front-link/front-link";
import { type EachLimiter, eachLimiter } from "../process-state";
import { splitPlaces } from "./split-places";

/** Between two splits. So long the two processes may together have more calls under way than an endpoint takes, where one of them has just begun. */
const splitEveryMs = 250;
/** Endpoints and models in one message. */
const mostAtOnce = 200;

type Ask = (message: FrontMessage) => Promise<string | null>;

interface Shared {
  readonly workspaceId: string;
  readonly key: string;
  /** What callers wanted when they were asked last. */
  wantedByCallers: number;
}

/**
 * In the process of the interface: splits the places at each endpoint that it calls with the process that answers callers, again and again for as long as
 * it calls it. Neither has to ask for a single call.
 */
export class PlaceSharing {
  readonly #shared = new Map<string, Shared>();
  #turn = false;
  #asking = false;

  constructor(
    private readonly ask: Ask = askFront,
    private readonly limiters: () => Iterable<EachLimiter> = eachLimiter,
  ) {}

  /** Splits once; resolves when the other process holds no more than its shares. */
  async split(): Promise<void> {
    if (this.#asking) return;
    this.#turn = !this.#turn;
    const shares: { workspaceId: string; key: string; places: number | null }[] = [];
    const asked: Shared[] = [];
    const known = new Set<string>();
    for (const { workspaceId, key, limiter } of this.limiters()) {
      const id = `${workspaceId}\n${key}`;
      known.add(id);
      const { wanted, places } = limiter;
      if (asked.length === mostAtOnce || (wanted === 0 && !this.#shared.has(id))) continue;
      const shared = this.#shared.get(id) ?? { workspaceId, key, wantedByCallers: 0 };
      const split = splitPlaces(places, { callers: shared.wantedByCallers, own: wanted }, this.#turn);
      limiter.takeShare(wanted === 0 ? null : split.own);
      asked.push(shared);
      shares.push({ workspaceId, key, places: wanted === 0 ? null : split.callers });
      if (wanted === 0) this.#shared.delete(id);
      else this.#shared.set(id, shared);
    }
    // Endpoints that were removed.
    for (const id of this.#shared.keys()) if (!known.has(id)) this.#shared.delete(id);
    if (shares.length === 0) return;
    this.#asking = true;
    try {
      const answer = await this.ask({ type: "share-places", shares });
      if (answer === null) return;
      placesWanted.parse(JSON.parse(answer)).forEach((wanted, index) => {
        (asked[index] as Shared).wantedByCallers = wanted;
      });
    } catch {
      // It is starting again. With nobody to share with, all places are for this process.
      for (const { limiter } of this.limiters()) limiter.takeShare(null);
    } finally {
      this.#asking = false;
    }
  }
}

/** Where another process answers callers; does nothing where this one does. */
export const keepSharing = (): void => {
  if (!process.env.PIPEWRIGHT_FRONT_SOCKET) return;
  const sharing = new PlaceSharing();
  setInterval(() => void sharing.split(), splitEveryMs).unref();
};
