import type { TurnRefusal } from "@/server/domain/conversation/claim-turn";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

/** A caller who counts on being remembered is told where nothing is. */
export const noConversation = (): RouteRefusal =>
  new RouteRefusal(400, "no-conversation", "This pipeline keeps no conversation.", {
    hint: 'Leave "conversation_id" out, or add a step "Conversation" to the pipeline and publish it.',
    fields: { conversation_id: "This pipeline keeps no conversation." },
  });

/** Going on from an earlier answer would leave out what was said since, or answer as if it had not been said. */
export const notTheLastTurn = (): RouteRefusal =>
  new RouteRefusal(409, "conversation-moved", "More was said in this conversation since that answer.", {
    hint: "Go on from its last answer, or begin another conversation: earlier answers cannot be branched from.",
  });

/** Two turns at once: the second would not know what the first says. */
export const turnRefusal = (refusal: TurnRefusal): RouteRefusal => {
  if (refusal.reason === "too-many")
    return new RouteRefusal(429, "too-many-conversations", "This workspace can keep no more conversations.", {
      hint: "Erase some, or have them forgotten sooner, under Settings → Retention.",
    });
  if (refusal.reason !== "busy")
    return new RouteRefusal(409, "conversation-full", "This conversation is as long as it can be.", {
      hint: 'Begin another: leave "conversation_id" out.',
    });
  const { runId, waiting } = refusal;
  return new RouteRefusal(
    409,
    "conversation-busy",
    waiting
      ? "The turn before in this conversation waits for a person."
      : "The turn before in this conversation has not ended.",
    {
      hint: waiting
        ? "Send this again once the run has gone on, or begin another conversation."
        : "Send this again once its answer is there.",
      runId,
    },
    waiting ? {} : { "retry-after": "1" },
  );
};
