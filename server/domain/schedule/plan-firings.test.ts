import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCron } from "./cron-times";
import { planFirings } from "./plan-firings";
import { missedRules, scheduleLimits } from "./schedule.types";

const hourly = (() => {
  const cron = readCron("0 * * * *", "UTC");
  if (!cron.ok) throw new Error(cron.error);
  return cron.value;
})();
const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 4, 1, hour, minute));

describe("times that came while nobody looked", () => {
  it("starts what is on time, whatever the rule", () => {
    for (const rule of missedRules)
      expect(planFirings(hourly, at(3), at(3, 1), rule)).toEqual({ start: [at(3)], missed: null, nextAt: at(4) });
  });
  it("skips what was missed, and says how much", () => {
    expect(planFirings(hourly, at(3), at(9, 30), "skip")).toEqual({
      start: [],
      missed: { at: at(9), also: 6 },
      nextAt: at(10),
    });
    expect(planFirings(hourly, at(3), at(9, 1), "skip")).toEqual({
      start: [at(9)],
      missed: { at: at(8), also: 5 },
      nextAt: at(10),
    });
  });
  it("catches up once", () => {
    expect(planFirings(hourly, at(3), at(9, 30), "once").start).toEqual([at(9)]);
    expect(planFirings(hourly, at(3), at(9, 1), "once").start).toEqual([at(9)]);
    expect(planFirings(hourly, at(3), at(3, 30), "once")).toMatchObject({ start: [at(3)], missed: null });
  });
  it("catches up with all, up to a bound", () => {
    expect(planFirings(hourly, at(3), at(9, 30), "all")).toMatchObject({ missed: null });
    expect(planFirings(hourly, at(3), at(9, 30), "all").start).toHaveLength(7);
    const month = planFirings(hourly, at(3), new Date(Date.UTC(2026, 5, 1, 0, 30)), "all");
    expect(month.start).toHaveLength(scheduleLimits.caughtUp);
    expect(month.missed?.also).toBe(scheduleLimits.counted - 24 - 1);
  });
  it("counts a year of minutes only as far as is of use", () => {
    const cron = readCron("* * * * *", "Europe/Berlin");
    if (!cron.ok) throw new Error(cron.error);
    const now = new Date("2026-06-01T00:00:30Z");
    const plan = planFirings(cron.value, new Date("2025-06-01T00:00Z"), now, "all");
    expect(plan.start.length).toBeLessThanOrEqual(scheduleLimits.caughtUp + 3);
    expect(plan.missed?.also).toBeGreaterThan(250);
    expect(plan.nextAt).toEqual(new Date("2026-06-01T00:01Z"));
  });
});

it("nothing is started twice, left unsaid or started out of order, whenever the looks are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(...missedRules),
      (gaps, rule) => {
        let dueAt = at(3);
        let now = at(3).getTime();
        let told = 0;
        const started: number[] = [];
        for (const gap of gaps) {
          now += gap * 60_000;
          if (dueAt.getTime() > now) continue;
          const plan = planFirings(hourly, dueAt, new Date(now), rule);
          started.push(...plan.start.map((each) => each.getTime()));
          told += plan.start.length + (plan.missed === null ? 0 : plan.missed.also + 1);
          dueAt = plan.nextAt ?? dueAt;
        }
        expect(started).toEqual([...new Set(started)].sort((one, other) => one - other));
        expect(told).toBe(dueAt.getTime() / 3_600_000 - at(3).getTime() / 3_600_000);
      },
    ),
    { seed: 20261201, numRuns: 100 },
  );
});
