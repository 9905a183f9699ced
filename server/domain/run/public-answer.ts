import { publicFinishReason, toPublicError } from "@/runtime/run/public-events";
import type { RunState } from "@/runtime/run/reduce";
import { conversationOf } from "./conversation/conversation-of";
import { expenseOf } from "./expense-of";

/** What a caller is told of a run that has ended: its outputs or what went wrong, and what it took. */
export const publicAnswer = (state: RunState) => {
  const { runId, status, outputs, error, reply } = state;
  return {
    runId,
    ...conversationOf(state),
    status,
    ...(error === null
      ? { outputs: outputs ?? {}, finishReason: publicFinishReason(reply) }
      : { error: toPublicError(error) }),
    ...expenseOf(state),
  };
};
