import { z } from "zod";

const most = 1_000_000_000;

/** What a key or a deployment may use. Left out: without end. */
export const usageLimits = z.strictObject({
  /** Runs that begin in one minute by the clock. */
  requestsPerMinute: z.int().min(1).max(most).optional(),
  /** Tokens of models, those sent and those answered, on one day in UTC. */
  tokensPerDay: z.int().min(1).max(most).optional(),
  /** US dollars in one month in UTC. */
  usdPerMonth: z.number().min(0.01).max(1_000_000).optional(),
});
export type UsageLimits = z.output<typeof usageLimits>;

/** As it is stored: null, or what cannot be read, is no limit. */
export const readUsageLimits = (stored: unknown): UsageLimits | null => {
  const read = usageLimits.safeParse(stored ?? {});
  return read.success && Object.values(read.data).some((each) => each !== undefined) ? read.data : null;
};
