import { Cron } from "croner";
import { fail, ok, type Result } from "@/runtime/graph/result";

const nicknames = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly"];

/** Croner would also take dates, seconds, years and `?`, which stands for the moment at which it is read. */
const isFiveFields = (text: string): boolean => /^[\dA-Za-z*,/#+-]+(?: +[\dA-Za-z*,/#+-]+){4}$/.test(text);

/**
 * A pattern of five fields (minute, hour, day of month, month, day of week) in a time zone of the IANA database, or why there is none. A fixed time of day that the
 * clock jumps over comes when it has jumped, and one that comes twice comes once; a pattern with `*` or `/` in its minutes or hours follows the clock: nothing in an hour that does
 * not exist, twice in one that comes twice.
 */
export const readCron = (text: string, timeZone: string): Result<Cron, string> => {
  const pattern = text.trim().replace(/\s+/g, " ");
  if (!nicknames.includes(pattern) && !isFiveFields(pattern))
    return fail("Write five fields: minute, hour, day of month, month, day of week. Such as 0 9 * * 1-5.");
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    return fail(`There is no time zone "${timeZone}". Write it as Europe/Berlin or UTC.`);
  }
  try {
    const cron = new Cron(pattern, { timezone: timeZone, mode: "5-part", paused: true, fixedTimeRule: "no-wildcard" });
    if (cron.nextRun() === null) return fail("This time never comes: there is no such day.");
    return ok(cron);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "";
    return fail(`This is not a pattern of cron: ${said.slice(0, 200)}`);
  }
};

/** The first time after a moment; null where there is none any more. */
export const nextTime = (cron: Cron, after: Date): Date | null => cron.nextRun(after);

export const nextTimes = (cron: Cron, after: Date, most: number): readonly Date[] => cron.nextRuns(most, after);

/** Times from `first`, which is one of them, to `until`, earliest first: all of them, or, where there are more than `most`, the latest of them. */
export const timesUntil = (
  cron: Cron,
  first: Date,
  until: Date,
  most: number,
): { readonly times: readonly Date[]; readonly more: boolean } => {
  const times: Date[] = [];
  for (let at: Date | null = first; at !== null && at <= until; at = cron.nextRun(at)) {
    if (times.length === most)
      return { times: cron.previousRuns(most, new Date(until.getTime() + 1_000)).toReversed(), more: true };
    times.push(at);
  }
  return { times, more: false };
};
