import type { RunEvent } from "@/runtime/run/events";

export type Ending = Extract<RunEvent, { type: "node-end" }>;

/** What an earlier execution of the same run left behind: its log is the checkpoint. */
export interface RunLog {
  readonly lastSeq: number;
  readonly start: Extract<RunEvent, { type: "run-start" }> | null;
  readonly ended: boolean;
  /** Nodes of the outermost frame that have ended, by id. */
  readonly endings: ReadonlyMap<string, Ending>;
  /** Attempts begun so far, by id. */
  readonly attempts: ReadonlyMap<string, number>;
}

export const readRunLog = (events: readonly RunEvent[]): RunLog => {
  const endings = new Map<string, Ending>();
  const attempts = new Map<string, number>();
  let start: RunLog["start"] = null;
  let ended = false;
  let lastSeq = -1;
  for (const event of events) {
    lastSeq = event.seq;
    if (event.type === "run-start") start = event;
    else if (event.type === "run-end") ended = true;
    else if (event.path.length === 1) {
      const id = event.path[0] as string;
      if (event.type === "node-start") attempts.set(id, event.attempt);
      else if (event.type === "node-end") endings.set(id, event);
    }
  }
  return { lastSeq, start, ended, endings, attempts };
};
