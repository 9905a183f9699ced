import { z } from "zod";
import { conversationName, endUserId } from "@/server/domain/conversation/conversation.types";

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
  /** Goes on with a conversation; left out: begins one, where the pipeline keeps any. */
  conversation_id: conversationName.optional(),
  /** The caller's id of the person behind the call. */
  user: endUserId.optional(),
  /** A version that is or was live; left out: what is live. */
  version: z.int().min(1).max(2_147_483_647).optional(),
  /** Left out: what the Accept header asks for. */
  stream: z.boolean().optional(),
  /** Answers as soon as the run is accepted; how it ended is asked for, or told to a webhook. */
  background: z.boolean().optional(),
});
/** Of a request: the conversation that it goes on with, and who speaks. */
export const talkOf = ({ conversation_id, user }: Talk): Talk => ({
  ...(conversation_id !== undefined && { conversation_id }),
  ...(user !== undefined && { user }),
});
export interface Talk {
  /** Left out: a new one, where the pipeline keeps any. */
  readonly conversation_id?: string | undefined;
  /** Number of the turn that this one follows, where the caller says: of a conversation that has moved on it is refused. */
  readonly after?: number | undefined;
  readonly user?: string | undefined;
}
export type RunRequest = z.output<typeof runRequest>;
