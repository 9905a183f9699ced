import type { RunState } from "@/runtime/run/reduce";

/** The conversation that a run is a turn of, as its caller goes on with it; nothing for a run by itself. */
export const conversationOf = ({
  conversation,
}: Pick<RunState, "conversation">): { readonly conversation_id?: string; readonly turn?: number } =>
  conversation === null ? {} : { conversation_id: conversation.id, turn: conversation.turn };
