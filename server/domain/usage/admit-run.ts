import type { Database } from "@/server/platform/db/database";
import type { UsageLimits } from "@/server/platform/route/usage-limits";
import { type Counted, type CountedRun, countRun, type Used, uncountRun } from "./count-usage";
import { dropHolds, settleHolds } from "./settle-holds";
import { type Window, windowsOf } from "./usage-windows";

export interface Admission {
  /** The limit that is reached; null where the run may begin. */
  readonly reached: Used | null;
  /** Of every limit: the one of requests, and the one of tokens, with the least left. */
  readonly tightest: readonly Used[];
  /** To be called where the run does not begin after all, for another reason than a limit: it then counts no more. */
  readonly release: () => Promise<void>;
  /** To be called once the run's end, or that it waits for people, is stored: what it took then counts in place of what was held for it. */
  readonly settle: () => void;
}

const leftOf = ({ most, used }: Used): number => Math.max(0, most - used);

/** A run counts itself among the requests; of tokens and money it asks what others took or hold. */
const isReached = ({ kind, used, own, most }: Counted): boolean =>
  kind === "requestsPerMinute" ? used > most : used - own >= most;

/** What is told of a limit that is reached: what others took, without what was held for who asks. */
const withoutOwn = ({ own, ...used }: Counted): Used =>
  used.kind === "requestsPerMinute" ? used : { ...used, used: used.used - own };

const tightestOf = (used: readonly Used[]): readonly Used[] =>
  (["requestsPerMinute", "tokensPerDay"] as const).flatMap((kind) =>
    used
      .filter((each) => each.kind === kind)
      .sort((one, other) => leftOf(one) - leftOf(other))
      .slice(0, 1),
  );

const settleLater =
  (database: Database, { id }: CountedRun, windows: readonly Window[]) =>
  (): void => {
    if (windows.every(({ kind }) => kind === "requestsPerMinute")) return;
    settleHolds(database, [id]).catch((error: unknown) =>
      console.error(`what run ${id} took could not be counted, and is tried again:`, error),
    );
  };

const releaseNow = async (database: Database, { id }: CountedRun, windows: readonly Window[]): Promise<void> => {
  try {
    await dropHolds(database, id);
    if (windows.length > 0) await uncountRun(database, windows);
  } catch (error) {
    console.error(`run ${id} did not begin and is still counted:`, error);
  }
};

/**
 * Counts a run that is about to begin against the limits of its key and its deployment, one after the other in the order given: whoever is beyond the first
 * uses up nothing of the next, which others share, and what the next refuses counts in none. null where neither has any; the database is then not asked.
 */
export const admitRun = async (
  database: Database,
  run: CountedRun,
  limited: readonly { readonly scope: string; readonly limits: UsageLimits | null }[],
  now: number = Date.now(),
): Promise<Admission | null> => {
  const counted: Window[] = [];
  const used: Used[] = [];
  for (const each of limited) {
    const windows = windowsOf([each], now);
    if (windows.length === 0) continue;
    const ofScope = await countRun(database, windows, run);
    used.push(...ofScope);
    // The one that lasts longest is told: coming back before it is over is in vain.
    const [reached] = ofScope.filter(isReached).sort((one, other) => other.endsAt.getTime() - one.endsAt.getTime());
    if (reached !== undefined) {
      await releaseNow(database, run, counted);
      return { reached: withoutOwn(reached), tightest: tightestOf(used), release: async () => {}, settle: () => {} };
    }
    counted.push(...windows);
  }
  if (counted.length === 0) return null;
  return {
    reached: null,
    tightest: tightestOf(used),
    release: () => releaseNow(database, run, counted),
    settle: settleLater(database, run, counted),
  };
};
