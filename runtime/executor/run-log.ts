import type { PersonAnswer } from "@/runtime/node/people";
import type { RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { answerKey } from "@/runtime/run/resume";

export type Ending = Extract<RunEvent, { type: "node-end" }>;

/** What an earlier execution of the same run left behind: its log is the checkpoint. */
export interface RunLog {
  readonly lastSeq: number;
  readonly start: Extract<RunEvent, { type: "run-start" }> | null;
  readonly ended: boolean;
  /** It waits for people, and nobody has answered since. */
  readonly paused: boolean;
  /** Nodes of the outermost frame that have ended, by id. */
  readonly endings: ReadonlyMap<string, Ending>;
  /** Attempts begun so far, by id. */
  readonly attempts: ReadonlyMap<string, number>;
  /** What people answered so far, by `answerKey`. */
  readonly answers: ReadonlyMap<string, PersonAnswer>;
  /** Keys of the paths that wait for people who have not answered. */
  readonly waiting: ReadonlySet<string>;
}

export const readRunLog = (events: readonly RunEvent[]): RunLog => {
  const endings = new Map<string, Ending>();
  const attempts = new Map<string, number>();
  const answers = new Map<string, PersonAnswer>();
  const asked = new Map<string, readonly string[]>();
  let start: RunLog["start"] = null;
  let ended = false;
  let lastSeq = -1;
  for (const event of events) {
    lastSeq = event.seq;
    if (event.type === "run-start") start = event;
    else if (event.type === "run-end") ended = true;
    else if (event.type === "run-resumed") {
      for (const { path, key, answer } of event.answers) answers.set(answerKey(path, key), answer);
    } else if (event.type !== "run-paused") {
      if (event.type === "node-paused")
        asked.set(
          pathKey(event.path),
          event.questions.map(({ key }) => answerKey(event.path, key)),
        );
      else if (event.type === "node-start" || event.type === "node-end") asked.delete(pathKey(event.path));
      if (event.path.length === 1) {
        const id = event.path[0] as string;
        if (event.type === "node-start") attempts.set(id, event.attempt);
        else if (event.type === "node-end") endings.set(id, event);
      }
    }
  }
  const waiting = new Set<string>();
  for (const [path, keys] of asked) if (!keys.some((key) => answers.has(key))) waiting.add(path);
  const paused = events.at(-1)?.type === "run-paused";
  return { lastSeq, start, ended, paused, endings, attempts, answers, waiting };
};
