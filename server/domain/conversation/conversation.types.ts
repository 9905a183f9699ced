import { z } from "zod";
import { conversationLimits } from "@/runtime/node/conversation";
import { identifier } from "@/server/platform/guard/identifier";

/** An id as callers give it: printable, so that it stands in a log, an address and a list as what it is. */
const givenId = z
  .string()
  .min(1)
  .max(conversationLimits.name)
  .regex(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u, "Use letters, digits, punctuation and spaces only.");

export const conversationName = givenId;
export const endUserId = givenId;

/** Whose conversations: of a published address and a key, or of a member in the editor. */
export interface ConversationOwner {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly deploymentId: string | null;
  /** Of callers of a published address. */
  readonly apiKeyId: string | null;
  /** Of people in the editor. */
  readonly memberId: string | null;
}

/** No two owners share a conversation, whatever they call it. */
export const ownerKey = ({ pipelineId, deploymentId, apiKeyId, memberId }: ConversationOwner): string =>
  deploymentId === null ? `member:${pipelineId}:${memberId ?? ""}` : `key:${deploymentId}:${apiKeyId ?? ""}`;

export const listConversationsInput = z.strictObject({
  pipelineId: identifier,
  /** Only of this end user. */
  user: z.string().max(conversationLimits.name).optional(),
});
export const conversationInput = z.strictObject({ id: identifier });
export const eraseUserInput = z.strictObject({ user: endUserId });

export const listLimit = 100;

/** A run that nobody knows is not waited for any longer than this: the process that began it stopped before it could store it. */
export const unknownForMs = 120_000;
