import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { type PublicEvent, type PublicView, publicView, toPublicEvents } from "@/runtime/run/public-events";
import { writeEventId } from "./event-id";
import { publishedLimits } from "./published.types";

export interface RunStream {
  readonly plan: Plan;
  readonly events: (signal: AbortSignal) => AsyncGenerator<RunEvent>;
  /** Says that somebody is reading; what it returns is called when they have gone. */
  readonly hold: () => () => void;
  /** How often the app was restarted while the run was under way. */
  readonly restarts?: number;
  readonly heartbeatMs?: number;
}

const views = new WeakMap<Plan, PublicView>();
const viewOf = (plan: Plan): PublicView => {
  const known = views.get(plan) ?? publicView(plan);
  views.set(plan, known);
  return known;
};

const encoder = new TextEncoder();
const heartbeat = encoder.encode(": still here\n\n");

/** One event of the run as server-sent events. Of several, only the last carries the id, so that a resume repeats rather than omits. */
export const writeEvents = (events: readonly PublicEvent[], restarts: number): string =>
  events
    .map(({ type, seq, at: _, ...data }, index) => {
      const id = index === events.length - 1 ? `id: ${writeEventId(seq, restarts)}\n` : "";
      return `${id}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    })
    .join("");

/** The public events of a run as they come, read no faster than the caller reads. */
export const streamRun = ({ plan, events, hold, restarts = 0, heartbeatMs }: RunStream): Response => {
  const view = viewOf(plan);
  const controller = new AbortController();
  const iterator = events(controller.signal);
  const release = hold();
  let next: Promise<IteratorResult<RunEvent>> | null = null;
  const leave = () => {
    controller.abort();
    release();
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      for (;;) {
        next ??= iterator.next();
        const result = await within(next, heartbeatMs ?? publishedLimits.heartbeatMs);
        if (result === null) {
          stream.enqueue(heartbeat);
          return;
        }
        next = null;
        if (result.done) {
          release();
          stream.close();
          return;
        }
        const written = writeEvents(toPublicEvents(result.value, view), restarts);
        if (written === "") continue;
        stream.enqueue(encoder.encode(written));
        return;
      }
    },
    cancel: leave,
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Proxies that gather an answer before passing it on would make a stream pointless.
      "x-accel-buffering": "no",
    },
  });
};

/** null where it took longer. */
const within = async <T>(promise: Promise<T>, ms: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
