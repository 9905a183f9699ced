import { z } from "zod";

export const publishedLimits = {
  /** Bytes of a request. */
  requestBytes: 4 * 1024 * 1024,
  /** Bytes of a rating with its correction. */
  feedbackBytes: 128 * 1024,
  /** A stream says that it is alive so often, so that no proxy in between closes it. */
  heartbeatMs: 10_000,
  /** How long a run whose stream broke waits for its caller to come back. */
  graceMs: 10_000,
} as const;

/** The stored version runs, whatever the caller sends: a graph, data or overrides in a request are refused by name. */
export const runRequest = z.strictObject({
  inputs: z.record(z.string().max(128), z.unknown()).default({}),
  /** Left out: what the Accept header asks for. */
  stream: z.boolean().optional(),
  /** Answers as soon as the run is accepted; how it ended is asked for, or told to a webhook. */
  background: z.boolean().optional(),
});
export type RunRequest = z.output<typeof runRequest>;
