import { describe, expect, it } from "vitest";
import { nextTimes, readCron, timesUntil } from "./cron-times";

const after = (pattern: string, zone: string, from: string, most = 3): string[] => {
  const cron = readCron(pattern, zone);
  if (!cron.ok) throw new Error(cron.error);
  return nextTimes(cron.value, new Date(from), most).map((at) => at.toISOString().slice(0, 16));
};

describe("times of a clock on a wall", () => {
  it.each([
    // The clock goes from 02:00 to 03:00: what was to come at 02:30 comes at 03:00, once.
    ["30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", ["2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"]],
    [
      "0 2,14 * * *",
      "Europe/Berlin",
      "2026-03-28T23:00Z",
      ["2026-03-29T01:00", "2026-03-29T12:00", "2026-03-30T00:00"],
    ],
    [
      "*/15 2 * * *",
      "Europe/Berlin",
      "2026-03-28T23:00Z",
      ["2026-03-30T00:00", "2026-03-30T00:15", "2026-03-30T00:30"],
    ],
    // It goes back from 03:00 to 02:00: a fixed time comes once, an interval goes on and leaves no hour out.
    ["30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"]],
    ["0 * * * *", "Europe/Berlin", "2026-10-24T23:30Z", ["2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"]],
    [
      "*/20 1 * * *",
      "Europe/London",
      "2025-10-25T23:50Z",
      ["2025-10-26T00:00", "2025-10-26T00:20", "2025-10-26T00:40"],
    ],
    // Midnight itself does not exist.
    [
      "0 0 * * *",
      "America/Sao_Paulo",
      "2018-11-03T12:00Z",
      ["2018-11-04T03:00", "2018-11-05T02:00", "2018-11-06T02:00"],
    ],
    // New York at nine is nine in New York, in winter and in summer.
    [
      "0 9 * * *",
      "America/New_York",
      "2026-03-07T00:00Z",
      ["2026-03-07T14:00", "2026-03-08T13:00", "2026-03-09T13:00"],
    ],
    ["0 12 * * *", "Asia/Kathmandu", "2026-01-01T00:00Z", ["2026-01-01T06:15", "2026-01-02T06:15", "2026-01-03T06:15"]],
    // Days that not every month, or year, has.
    ["0 0 31 * *", "UTC", "2026-01-31T00:00Z", ["2026-03-31T00:00", "2026-05-31T00:00", "2026-07-31T00:00"]],
    ["0 0 29 2 *", "UTC", "2026-01-01T00:00Z", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
    ["0 0 L * *", "UTC", "2028-01-31T12:00Z", ["2028-02-29T00:00", "2028-03-31T00:00", "2028-04-30T00:00"]],
    [
      "0 9 * * MON-FRI",
      "Asia/Shanghai",
      "2026-01-02T03:00Z",
      ["2026-01-05T01:00", "2026-01-06T01:00", "2026-01-07T01:00"],
    ],
    ["@daily", "UTC", "2026-01-01T00:00Z", ["2026-01-02T00:00", "2026-01-03T00:00", "2026-01-04T00:00"]],
  ])("%s in %s", (pattern, zone, from, expected) => {
    expect(after(pattern, zone, from)).toEqual(expected);
  });

  it.each([
    ["0 0 31 2 *", "UTC", "never comes"],
    ["0 0 30 2 *", "Europe/Berlin", "never comes"],
    ["* * * * * *", "UTC", "five fields"],
    ["2027-05-05T00:00:00", "UTC", "five fields"],
    ["@reboot", "UTC", "five fields"],
    ["? * * * *", "UTC", "five fields"],
    ["61 * * * *", "UTC", "not a pattern"],
    ["* * * * FUNDAY", "UTC", "not a pattern"],
    ["0 9 * * *", "Mars/Olympus", "no time zone"],
    ["0 9 * * *", "", "no time zone"],
    ["", "UTC", "five fields"],
  ])("refuses %s in %s and says why", (pattern, zone, words) => {
    const cron = readCron(pattern, zone);
    expect(!cron.ok && cron.error).toContain(words);
  });
});

it("looks back over a year of minutes without listing them", () => {
  const cron = readCron("* * * * *", "Europe/Berlin");
  if (!cron.ok) throw new Error(cron.error);
  const { times, more } = timesUntil(cron.value, new Date("2025-01-01T00:00Z"), new Date("2026-01-01T00:00:30Z"), 100);
  expect(more).toBe(true);
  expect(times).toHaveLength(100);
  expect(times.at(-1)).toEqual(new Date("2026-01-01T00:00Z"));
  expect(times[0]).toEqual(new Date("2025-12-31T22:21Z"));
});
