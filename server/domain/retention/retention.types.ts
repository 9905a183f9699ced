import { z } from "zod";

export const retentionLimits = { days: 3650, megabytes: 10_000_000 } as const;

const days = z.int().min(1).max(retentionLimits.days).nullable();
const megabytes = z.int().min(1).max(retentionLimits.megabytes).nullable();

/** How long runs with their events, files, and what is remembered of conversations, are kept, and how much room they may take; null: without end. */
export const retentionPolicy = z.strictObject({
  keepRunsDays: days,
  keepRunsMegabytes: megabytes,
  keepFilesDays: days,
  keepFilesMegabytes: megabytes,
  keepConversationsDays: days,
});
export type RetentionPolicy = z.output<typeof retentionPolicy>;

/** What lies beyond a policy. */
export interface Beyond {
  readonly count: number;
  readonly bytes: number;
  /** Beyond it too, but kept, because something refers to them. */
  readonly kept: number;
}

export interface RetentionForecast {
  readonly runs: Beyond;
  readonly files: Beyond;
  /** Sheets of answers, which go with the runs of their days. */
  readonly sheets: number;
  /** Conversations of which nothing would be remembered. */
  readonly conversations: number;
}
