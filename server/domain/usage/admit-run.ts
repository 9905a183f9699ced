import type { Database } from "@/server/platform/db/database";
import type { UsageLimits } from "@/server/platform/route/usage-limits";
import { addUsage, countRun, type Used, uncountRun } from "./count-usage";
import { type Window, windowsOf } from "./usage-windows";

export interface Admission {
  /** The limit that is reached; null where the run may begin. */
  readonly reached: Used | null;
  /** Of every limit: the one of requests, and the one of tokens, with the least left. */
  readonly tightest: readonly Used[];
  /** To be called where the run does not begin after all, for another reason than a limit: it then counts no more. */
  readonly release: () => Promise<void>;
  /** To be called with what the run took, once it has ended. */
  readonly settle: (took: { readonly tokens: number; readonly costMicroUsd: number }) => void;
}

const leftOf = ({ most, used }: Used): number => Math.max(0, most - used);

/** A run counts itself among the requests; tokens and money are those of runs that have ended. */
const isReached = (each: Used): boolean =>
  each.kind === "requestsPerMinute" ? each.used > each.most : each.used >= each.most;

const tightestOf = (used: readonly Used[]): readonly Used[] =>
  (["requestsPerMinute", "tokensPerDay"] as const).flatMap((kind) =>
    used
      .filter((each) => each.kind === kind)
      .sort((one, other) => leftOf(one) - leftOf(other))
      .slice(0, 1),
  );

const settleLater =
  (database: Database, windows: readonly Window[]): Admission["settle"] =>
  (took) =>
    void addUsage(database, windows, took).catch((error: unknown) =>
      console.error("what a run took could not be counted:", error),
    );

const releaseNow = (database: Database, windows: readonly Window[]) => (): Promise<void> =>
  uncountRun(database, windows).catch((error: unknown) =>
    console.error("a run that did not begin is still counted:", error),
  );

/**
 * Counts a run that is about to begin against the limits of its key and its deployment, one after the other in the order given: whoever is beyond the first
 * uses up nothing of the next, which others share, and what the next refuses counts in none. null where neither has any; the database is then not asked.
 */
export const admitRun = async (
  database: Database,
  limited: readonly { readonly scope: string; readonly limits: UsageLimits | null }[],
  now: number = Date.now(),
): Promise<Admission | null> => {
  const counted: Window[] = [];
  const used: Used[] = [];
  for (const each of limited) {
    const windows = windowsOf([each], now);
    if (windows.length === 0) continue;
    const ofScope = await countRun(database, windows);
    used.push(...ofScope);
    // The one that lasts longest is told: coming back before it is over is in vain.
    const [reached] = ofScope.filter(isReached).sort((one, other) => other.endsAt.getTime() - one.endsAt.getTime());
    if (reached !== undefined) {
      if (counted.length > 0) await releaseNow(database, counted)();
      return { reached, tightest: tightestOf(used), release: async () => {}, settle: () => {} };
    }
    counted.push(...windows);
  }
  if (counted.length === 0) return null;
  return {
    reached: null,
    tightest: tightestOf(used),
    release: releaseNow(database, counted),
    settle: settleLater(database, counted),
  };
};
