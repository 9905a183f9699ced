import type { PersonAnswer } from "@/runtime/node/people";
import type { NodePath, RunEvent } from "./events";

/** What a person answered, and what was asked where. */
export interface GivenAnswer {
  readonly path: NodePath;
  readonly key: string;
  readonly answer: PersonAnswer;
}

/** The key of what a step asked, over all frames of a run. */
export const answerKey = (path: NodePath, key: string): string => JSON.stringify([...path, key]);

/**
 * The event by which a run that waits goes on with these answers; null where the log does not end with `run-paused`: then it is under way, has ended, or somebody was
 * first.
 */
export const resumeEvent = (
  lastEvent: RunEvent | undefined,
  answers: readonly GivenAnswer[],
  at: string,
): Extract<RunEvent, { type: "run-resumed" }> | null =>
  lastEvent?.type === "run-paused"
    ? { type: "run-resumed", answers, runId: lastEvent.runId, seq: lastEvent.seq + 1, at }
    : null;
