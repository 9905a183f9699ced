import type { PersonAnswer } from "@/runtime/node/people";
import type { NodePath, RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { answerKey } from "@/runtime/run/resume";
import { type StepRecords, toolKey } from "./step-records";

export type Ending = Extract<RunEvent, { type: "node-end" }>;

/** What the log says of one frame. Nodes go by their id, the frames of a container by the segment of their path: `map-1#3`. */
export interface FrameLog {
  readonly endings: ReadonlyMap<string, Ending>;
  /** Attempts begun so far. */
  readonly attempts: ReadonlyMap<string, number>;
  /** Attempts that failed and were to be made again. */
  readonly retries: ReadonlyMap<string, number>;
  readonly frames: ReadonlyMap<string, FrameLog>;
}

export const emptyFrameLog: FrameLog = {
  endings: new Map(),
  attempts: new Map(),
  retries: new Map(),
  frames: new Map(),
};

/** What an earlier execution of the same run left behind: its log is the checkpoint. */
export interface RunLog {
  readonly lastSeq: number;
  readonly start: Extract<RunEvent, { type: "run-start" }> | null;
  readonly ended: boolean;
  /** It waits for people, and nobody has answered since. */
  readonly paused: boolean;
  /** The outermost frame. */
  readonly frame: FrameLog;
  /** What people answered so far, by `answerKey`. */
  readonly answers: ReadonlyMap<string, PersonAnswer>;
  /** Keys of the paths that wait for people who have not answered. */
  readonly waiting: ReadonlySet<string>;
  /** What steps that have not ended did once. */
  readonly records: StepRecords;
}

interface Draft extends FrameLog {
  readonly endings: Map<string, Ending>;
  readonly attempts: Map<string, number>;
  readonly retries: Map<string, number>;
  readonly frames: Map<string, Draft>;
}

const draft = (): Draft => ({ endings: new Map(), attempts: new Map(), retries: new Map(), frames: new Map() });

const frameAt = (outermost: Draft, path: NodePath): Draft => {
  let frame = outermost;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const segment = path[depth] as string;
    let inner = frame.frames.get(segment);
    if (inner === undefined) {
      inner = draft();
      frame.frames.set(segment, inner);
    }
    frame = inner;
  }
  return frame;
};

const noAnswers: RunLog["answers"] = new Map();
const nobody: RunLog["waiting"] = new Set();
/** Of a run that begins: most do, and their maps would cost more than a small step. */
const nothingYet = (): RunLog => ({
  lastSeq: -1,
  start: null,
  ended: false,
  paused: false,
  frame: emptyFrameLog,
  answers: noAnswers,
  waiting: nobody,
  records: new Map(),
});

export const readRunLog = (
  events: readonly RunEvent[],
  /** Also what happened inside frames that have ended. */
  { keepsFrames = false }: { readonly keepsFrames?: boolean } = {},
): RunLog => {
  if (events.length === 0) return nothingYet();
  const outermost = draft();
  const answers = new Map<string, PersonAnswer>();
  const asked = new Map<string, readonly string[]>();
  const records: StepRecords = new Map();
  const keep = (path: NodePath, key: string, value: unknown) => {
    const known = records.get(pathKey(path)) ?? new Map<string, unknown>();
    records.set(pathKey(path), known.set(key, value));
  };
  let start: RunLog["start"] = null;
  let ended = false;
  let lastSeq = -1;
  for (const event of events) {
    lastSeq = event.seq;
    if (event.type === "run-start") start = event;
    else if (event.type === "run-end") ended = true;
    else if (event.type === "run-resumed") {
      for (const { path, key, answer } of event.answers) answers.set(answerKey(path, key), answer);
    } else if (event.type === "node-paused") {
      asked.set(
        pathKey(event.path),
        event.questions.map(({ key }) => answerKey(event.path, key)),
      );
    } else if (event.type === "node-recorded") keep(event.path, event.key, event.value);
    else if (event.type === "tool-result") {
      const { path, id, outcome, content } = event;
      keep(path, toolKey(id), { outcome, content });
    } else if (event.type === "node-start" || event.type === "node-end" || event.type === "node-retry") {
      asked.delete(pathKey(event.path));
      const frame = frameAt(outermost, event.path);
      const id = event.path[event.path.length - 1] as string;
      if (event.type === "node-start") frame.attempts.set(id, event.attempt);
      else if (event.type === "node-retry") frame.retries.set(id, (frame.retries.get(id) ?? 0) + 1);
      else {
        frame.endings.set(id, event);
        records.delete(pathKey(event.path));
        // A frame that has ended is taken as a whole; what failed in it is of no more use than what it says of itself.
        if (!keepsFrames) frame.frames.delete(id);
      }
    }
  }
  const waiting = new Set<string>();
  for (const [path, keys] of asked) if (!keys.some((key) => answers.has(key))) waiting.add(path);
  const paused = events.at(-1)?.type === "run-paused";
  return { lastSeq, start, ended, paused, frame: outermost, answers, waiting, records };
};
