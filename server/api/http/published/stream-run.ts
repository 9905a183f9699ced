import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { type PublicEvent, publicEventTypes, toPublicEvents } from "@/runtime/run/public-events";
import type { OpenFeed } from "@/server/domain/run/event-feed";
import { type Expense, expenseOf } from "@/server/domain/run/expense-of";
import { viewOfPlan } from "@/server/domain/run/figures/view-of-plan";
import { foldRun } from "@/server/domain/run/run-record";
import { Answer } from "@/server/platform/lean/answer";
import type { TextSource } from "@/server/platform/lean/text-source";
import { writeEventId } from "./event-id";
import { publishedLimits } from "./published.types";

export interface RunStream {
  readonly plan: Plan;
  /** The run's events from the first on: the last one tells what all of them took. */
  readonly open: OpenFeed;
  /** Events up to this sequence number the caller has; left out: none. */
  readonly after?: number;
  /** Says that somebody is reading; what it returns is called when they have gone. */
  readonly hold: () => () => void;
  /** Calls back when the stream has to end before the run does. */
  readonly onCut?: (cut: () => void) => () => void;
  /** How often the app was restarted while the run was under way. */
  readonly restarts?: number;
  readonly heartbeatMs?: number;
  /** How the events are said; left out: as this API says them. */
  readonly form?: StreamForm;
}

/** What a stream says, bit by bit. */
export interface StreamForm {
  /** All that stems from one event of the run; empty where nothing is said of it. `expense` comes with the run's end. */
  readonly events: (events: readonly PublicEvent[], restarts: number, expense?: Expense) => string;
  /** The last words of a stream that ends before its run. */
  readonly cut: (runId: string) => string;
}

const interrupted = "interrupted";

/** Every type of event that a stream may hold; docs/api.md describes them. */
export const streamEventTypes: readonly string[] = [...publicEventTypes, interrupted];

/**
 * The last words of a stream that ends before its run: with `Last-Event-ID` it goes on where it stopped, by itself in clients that know how. It has no id, so
 * that the last event keeps its own.
 */
export const writeInterruption = (runId: string): string =>
  `retry: 3000\nevent: ${interrupted}\ndata: ${JSON.stringify({ runId, retryAfterMs: 3000 })}\n\n`;

const heartbeat = ": still here\n\n";

/** One event of the run as server-sent events. Of several, only the last carries the id, so that a resume repeats rather than omits. */
export const writeEvents = (events: readonly PublicEvent[], restarts: number, expense?: Expense): string =>
  events
    .map(({ type, seq, at: _, ...said }, index) => {
      const data = type === "run-end" ? { ...said, ...expense } : said;
      const id = index === events.length - 1 ? `id: ${writeEventId(seq, restarts)}\n` : "";
      return `${id}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    })
    .join("");

/** The public events of a run as they come, read no faster than the caller reads. */
export const streamRun = (stream: RunStream): Answer => {
  // Held from now on, not from the first read: the run must not be taken for abandoned in between.
  const release = stream.hold();
  return new Answer(200, streamHeaders, eventSource(stream, release));
};

const ownForm: StreamForm = {
  events: (events, restarts, expense) => writeEvents(events, restarts, expense),
  cut: writeInterruption,
};

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  // Proxies that gather an answer before passing it on would make a stream pointless.
  "x-accel-buffering": "no",
} as const;

const eventSource = (
  { plan, open, onCut, after = -1, restarts = 0, heartbeatMs = publishedLimits.heartbeatMs, form = ownForm }: RunStream,
  release: () => void,
): TextSource => ({
  leave: release,
  start(sink) {
    const view = viewOfPlan(plan);
    let room = true;
    let over = false;
    let silent = false;
    let runId = "";
    let ended = false;
    /** The events that say what the run took. */
    const counted: RunEvent[] = [];
    const stop = () => {
      over = true;
      forget();
      clearInterval(timer);
      feed.close();
      release();
    };
    const push = () => {
      while (room && !over) {
        const event = feed.next();
        if (event === null) {
          if (!feed.done) return;
          stop();
          // Its log could not be read on, or could not be stored.
          if (!ended) sink.write(form.cut(runId));
          sink.end();
          return;
        }
        const { type, seq } = event;
        runId = event.runId;
        ended = type === "run-end" || type === "run-paused";
        if (type === "run-start" || type === "model-call" || type === "run-resumed" || ended) counted.push(event);
        if (seq <= after) continue;
        const expense = type === "run-end" ? expenseOf(foldRun(counted)) : undefined;
        const text = form.events(toPublicEvents(event, view), restarts, expense);
        if (text === "") continue;
        silent = false;
        room = sink.write(text);
      }
    };
    const cut = () => {
      if (over) return;
      push();
      if (over) return;
      stop();
      sink.write(form.cut(runId));
      sink.end();
    };
    const forget = onCut?.(cut) ?? (() => {});
    const feed = open(push);
    const timer = setInterval(() => {
      if (silent && room) room = sink.write(heartbeat);
      silent = true;
    }, heartbeatMs);
    push();
    return {
      resume() {
        room = true;
        push();
      },
      stop,
    };
  },
});
