import type { Cron } from "croner";
import { nextTime, timesUntil } from "./cron-times";
import { scheduleLimits as limits, type MissedRule } from "./schedule.types";

/** What is to be done about the times of a schedule that have come. */
export interface PlannedFirings {
  /** Started, earliest first. */
  readonly start: readonly Date[];
  /** Left out: the latest of them, and how many before it. */
  readonly missed: { readonly at: Date; readonly also: number } | null;
  /** null: no time comes any more. */
  readonly nextAt: Date | null;
}

/** `dueAt`: the earliest time that nothing was done about, not after `now`. */
export const planFirings = (cron: Cron, dueAt: Date, now: Date, rule: MissedRule): PlannedFirings => {
  const { times } = timesUntil(cron, dueAt, now, limits.counted);
  const late = times.filter((at) => now.getTime() - at.getTime() > limits.lateMs);
  const onTime = times.slice(late.length);
  const caughtUp = rule === "all" ? late.slice(-limits.caughtUp) : [];
  // One run stands for all that were missed: the latest, on time or not.
  const once = rule === "once" && late.length > 0 ? times.slice(-1) : null;
  const start = once ?? [...caughtUp, ...onTime];
  const left = times.filter((at) => !start.includes(at));
  const at = left.at(-1);
  return {
    start,
    missed: at === undefined ? null : { at, also: left.length - 1 },
    nextAt: nextTime(cron, now),
  };
};
