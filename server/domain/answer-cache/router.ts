import { router } from "@/server/platform/trpc/procedures";
import { cacheState } from "./cache-state";
import { clearCache } from "./clear-cache";
import { measurePairs } from "./measure-pairs";

export const answerCacheRouter = router({ state: cacheState, clear: clearCache, measurePairs });
