import type { FrontMessage } from "@/server/platform/front-link/front-link";
import { eachLimiter, workspaceModels } from "../process-state";

type Shares = Extract<FrontMessage, { type: "share-places" }>["shares"];

/** Whoever shares places says so several times a second: after this it is gone, and all places are for callers again. */
const forgetMs = 2_000;
let forget: NodeJS.Timeout | undefined;

/** In the process that answers callers: holds no more than its shares from now on. Gives what it wants of each. */
export const givePlaces = (shares: Shares): number[] => {
  clearTimeout(forget);
  forget = setTimeout(giveBack, forgetMs);
  forget.unref();
  return shares.map(({ workspaceId, key, places }) => {
    const limiter = workspaceModels(workspaceId).state.limiters.get(key);
    limiter?.takeShare(places);
    return limiter?.wanted ?? 0;
  });
};

const giveBack = (): void => {
  for (const { limiter } of eachLimiter()) limiter.takeShare(null);
};
