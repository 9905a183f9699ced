import { mcNemarExact, mcNemarMidP } from "../statistics/mcnemar";
import { twoSidedNormal } from "../statistics/normal";
import { tangoAbove, tangoInterval, tangoScore } from "../statistics/tango";
import type { Frame } from "./evidence";
import type { Finding } from "./finding";
import { withZero } from "./mean-finding";
import { runningByCounts } from "./running-bounds";

/** Rows that only one side has right below which the mid-p test is no longer sure of its level: of 8 it calls one against seven, which a coin does in 7 %. */
const fewDiscordant = 12;

const exactOf = { "mcnemar-mid-p": "mcnemar-exact", "sign-mid-p": "sign-exact" } as const;

/** For independent rows of one weight that are won, lost or drawn: differences of shares and preferences. See docs/decisions/one-rule-for-a-difference.md. */
export const shareFinding = (
  { higher, lower, rows }: { readonly higher: number; readonly lower: number; readonly rows: number },
  frame: Frame,
  test: keyof typeof exactOf,
): Finding => {
  const score = tangoScore(higher, lower, rows, 0);
  const few = higher + lower < fewDiscordant;
  const pValue = Math.max((few ? mcNemarExact : mcNemarMidP)(lower, higher), twoSidedNormal(score));
  const value = (higher - lower) / rows;
  const error = Math.sqrt(Math.max(0, (higher + lower) / rows - value * value) / Math.max(1, rows - 1));
  return {
    rows,
    clusters: rows,
    value,
    error: error > 0 ? error : null,
    method: "tango-score",
    test: { name: few ? exactOf[test] : test, statistic: higher },
    pValue,
    interval: (alpha) => {
      const bounds = tangoInterval(higher, lower, rows, alpha);
      return pValue > alpha ? withZero(bounds) : bounds;
    },
    above: (bound) => tangoAbove(higher, lower, rows, bound),
    effectSize: higher + lower === 0 ? null : { name: "odds-ratio", value: (higher + 0.5) / (lower + 0.5) },
    otherTests: () => [
      few
        ? { name: test, pValue: mcNemarMidP(lower, higher) }
        : { name: exactOf[test], pValue: mcNemarExact(lower, higher) },
    ],
    sequence: runningByCounts({ higher, lower, rows }, frame),
    higher,
    lower,
    same: rows - higher - lower,
  };
};
