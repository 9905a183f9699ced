/** Bounds of what is remembered of conversations. */
export const conversationLimits = {
  /** Characters of what callers call a conversation, and of a user's id. */
  name: 200,
  /** Messages of the window that a step may ask for: two a turn. */
  messages: 200,
  /** Tokens of that window. */
  tokens: 100_000,
  /** Turns that a run is given at most. */
  turns: 100,
  /** Characters of all turns that a run is given. */
  characters: 400_000,
  /** Characters kept of one message; the rest is left out, and marked so. */
  message: 20_000,
  /** Characters of a summary. */
  summary: 4_000,
  /** Turns whose words are kept of one conversation; the oldest go first. */
  keptTurns: 500,
  /** Runs of one conversation, the failed ones among them. */
  runs: 10_000,
  /** Conversations of one workspace. */
  conversations: 100_000,
} as const;

/** How much of a conversation a pipeline reads, and what of a run becomes a turn of it. */
export interface ConversationSpec {
  /** Input field that holds what the user says; empty: the first text field. */
  readonly message: string;
  /** Output that holds the answer; empty: the first, in their order, that the run gives. */
  readonly answer: string;
  /** Turns that a run is given; `sinceSummary`: all since the summary, at most so many. */
  readonly turns: number;
  readonly sinceSummary: boolean;
  /** Personal data is masked before a turn is kept. */
  readonly masksPersonalData: boolean;
}

/** What one user said and what the pipeline answered. Calls of tools are not part of it: they stand in the trace of the run. */
export interface ConversationTurn {
  /** From 1. */
  readonly number: number;
  readonly question: string;
  readonly answer: string;
}

export interface ConversationSummary {
  readonly text: string;
  /** Number of the last turn that it covers. */
  readonly until: number;
}

/** What a run is told of the conversation that it is a turn of. It stands in the first event of its log, so a run that is taken up again remembers the same. */
export interface ConversationSnapshot {
  /** As the caller calls it. */
  readonly id: string;
  /** Id of its record. */
  readonly key: string;
  /** Id of the end user as the caller gives it; empty where none is given. */
  readonly user: string;
  /** Number of the turn that this run is. */
  readonly turn: number;
  readonly summary: ConversationSummary | null;
  /** The latest, oldest first. */
  readonly turns: readonly ConversationTurn[];
  /** What of the run becomes the turn. */
  readonly message: string;
  readonly answer: string;
  readonly masksPersonalData: boolean;
}

/** Under which a step keeps the summary that it made, as `ConversationSummary`. */
export const summaryKey = "conversation-summary";
