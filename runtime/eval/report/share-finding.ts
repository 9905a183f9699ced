import { mcNemarExact, mcNemarMidP } from "../statistics/mcnemar";
import { twoSidedNormal } from "../statistics/normal";
import { tangoAbove, tangoInterval, tangoScore } from "../statistics/tango";
import type { Bounds, Finding } from "./finding";
import { sequenceOf } from "./sequence-of";

const withZero = ({ low, high }: Bounds): Bounds => ({ low: Math.min(0, low), high: Math.max(0, high) });

/** For independent rows of one weight that are won, lost or drawn: differences of shares and preferences. See docs/decisions/one-rule-for-a-difference.md. */
export const shareFinding = (
  {
    higher,
    lower,
    rows,
    planned,
  }: { readonly higher: number; readonly lower: number; readonly rows: number; readonly planned: number },
  test: "mcnemar-mid-p" | "sign-mid-p",
): Finding => {
  const score = tangoScore(higher, lower, rows, 0);
  const pValue = Math.max(mcNemarMidP(lower, higher), twoSidedNormal(score));
  const value = (higher - lower) / rows;
  const error = Math.sqrt(Math.max(0, (higher + lower) / rows - value * value) / Math.max(1, rows - 1));
  return {
    rows,
    clusters: rows,
    value,
    error: error > 0 ? error : null,
    method: "tango-score",
    test: { name: test, statistic: higher },
    pValue,
    interval: (alpha) => {
      const bounds = tangoInterval(higher, lower, rows, alpha);
      return pValue > alpha ? withZero(bounds) : bounds;
    },
    above: (bound) => tangoAbove(higher, lower, rows, bound),
    effectSize: higher + lower === 0 ? null : { name: "odds-ratio", value: (higher + 0.5) / (lower + 0.5) },
    otherTests: () => [{ name: "mcnemar-exact", pValue: mcNemarExact(lower, higher) }],
    sequence: sequenceOf(value, error, rows, planned),
    higher,
    lower,
    same: rows - higher - lower,
  };
};
