import type { RunState } from "@/runtime/run/reduce";

/** The turn that a run is, as its caller goes on with it; empty for a run by itself. */
export interface PublicTurn {
  readonly conversation_id?: string;
  readonly turn?: number;
}

/** The conversation that a run is a turn of, as its caller goes on with it; nothing for a run by itself. */
export const conversationOf = ({ conversation }: Pick<RunState, "conversation">): PublicTurn =>
  conversation === null ? {} : { conversation_id: conversation.id, turn: conversation.turn };
