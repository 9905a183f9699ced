import { setMaxListeners } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FrontMessage } from "@/server/platform/front-link/front-link";
import { processState, workspaceModels } from "../process-state";
import { givePlaces } from "./give-places";
import { PlaceSharing } from "./share-places";

const policy = { maxConcurrency: 8, maxQueue: 100, maxWaitMs: 60_000 };
const { signal } = new AbortController();
setMaxListeners(0, signal);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  processState().workspaces.clear();
});
afterEach(() => void vi.useRealTimers());

/** Two processes in one: each has the places of its own workspace, under the name of the other's. */
const both = () => {
  const [here, there] = ["here", "there"].map((id) => workspaceModels(id).state.limiter("endpoint", policy));
  if (here === undefined || there === undefined) throw new Error("no places");
  const messages: FrontMessage[] = [];
  const ask = async (message: FrontMessage) => {
    messages.push(message);
    if (message.type !== "share-places") return null;
    const shares = message.shares.map((share) => ({ ...share, workspaceId: "there" }));
    return JSON.stringify(givePlaces(shares));
  };
  const own = () => [{ workspaceId: "here", key: "endpoint", limiter: here }];
  return { here, there, messages, sharingBy: (by = ask) => new PlaceSharing(by, own) };
};

it("keeps two processes together within the limit once both want places, and gives all back when one wants none any more", async () => {
  const { here, there, messages, sharingBy } = both();
  const sharing = sharingBy();
  const releases: (() => void)[] = [];
  const ask = (limiter: typeof here, times: number) => {
    for (let call = 0; call < times; call++)
      void limiter.acquire("e", signal).then((release) => releases.push(release));
  };
  await sharing.split();
  expect(messages).toEqual([]);
  ask(here, 20);
  ask(there, 20);
  // Those under way are left alone; the shares hold for whoever comes.
  for (let round = 0; round < 4; round++) {
    await sharing.split();
    for (const release of releases.splice(0)) release();
    ask(here, 8);
    ask(there, 8);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(here.inFlight + there.inFlight).toBeLessThanOrEqual(8);
  expect(Math.min(here.inFlight, there.inFlight)).toBeGreaterThan(0);
  while (here.wanted > 0 || there.wanted > 0) {
    for (const release of releases.splice(0)) release();
    await vi.advanceTimersByTimeAsync(0);
  }
  await sharing.split();
  expect(messages.at(-1)).toMatchObject({ shares: [{ key: "endpoint", places: null }] });
  const before = messages.length;
  await sharing.split();
  expect(messages).toHaveLength(before);
  ask(there, 8);
  await vi.advanceTimersByTimeAsync(0);
  expect(there.inFlight).toBe(8);
});

it("has all places again where the other process does not answer, and forgets shares of one that says nothing more", async () => {
  const { here, there, sharingBy } = both();
  const alone = sharingBy(() => Promise.reject(new Error("away")));
  const take = (limiter: typeof here) => limiter.acquire("e", signal);
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => take(here)));
  void take(here);
  givePlaces([{ workspaceId: "there", key: "endpoint", places: 1 }]);
  await take(there);
  expect(there.takeNow(signal)).toBeNull();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(there.takeNow(signal)).not.toBeNull();
  await alone.split();
  expect(here.inFlight).toBe(8);
});
