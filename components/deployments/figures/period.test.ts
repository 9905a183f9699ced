import { afterEach, beforeEach, expect, test } from "vitest";
import { periodOf } from "./period";

const hourMs = 3_600_000;
let zone: string | undefined;
beforeEach(() => {
  zone = process.env.TZ;
});
afterEach(() => {
  process.env.TZ = zone;
});
const stretches = (edges: readonly string[]) =>
  edges.slice(1).map((edge, place) => (Date.parse(edge) - Date.parse(edges[place] as string)) / hourMs);

test.each([
  ["Europe/Berlin", "2026-10-27T09:10:00Z", [24, 24, 24, 24, 25, 24, 24]],
  ["Europe/Berlin", "2026-03-30T09:10:00Z", [24, 24, 24, 24, 24, 23, 24]],
  ["Asia/Kolkata", "2026-11-20T19:10:00Z", [24, 24, 24, 24, 24, 24, 24]],
])("seven days in %s at %s are those of the calendar there", (timeZone, now, hours) => {
  process.env.TZ = timeZone;
  const { edges } = periodOf("7", new Date(now));
  expect(stretches(edges)).toEqual(hours);
  for (const edge of edges) expect(new Date(edge).getHours()).toBe(0);
  expect(Date.parse(edges.at(-1) as string)).toBeGreaterThan(Date.parse(now));
});

test("a day is 24 hours that end with this one, also where the hour comes twice or begins on the half", () => {
  for (const [timeZone, now] of [
    ["Europe/Berlin", "2026-10-25T01:20:00Z"],
    ["Asia/Kolkata", "2026-11-20T12:10:00Z"],
  ] as const) {
    process.env.TZ = timeZone;
    const { edges } = periodOf("1", new Date(now));
    expect(stretches(edges)).toEqual(Array(24).fill(1));
    const last = Date.parse(edges.at(-1) as string);
    expect(last).toBeGreaterThan(Date.parse(now));
    expect(last - hourMs).toBeLessThanOrEqual(Date.parse(now));
    for (const edge of edges) expect(new Date(edge).getMinutes()).toBe(0);
  }
});

test("what is before is as long as what has passed of the period", () => {
  process.env.TZ = "UTC";
  const { edges, before } = periodOf("7", new Date("2026-11-20T06:00:00Z"));
  expect(Date.parse(edges[0] as string) - Date.parse(before)).toBe(6.25 * 24 * hourMs);
  expect(periodOf("365", new Date("2026-11-20T06:00:00Z")).edges).toHaveLength(53);
});
