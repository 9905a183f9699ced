import type { RunEvent } from "@/runtime/run/events";

/** Events of a run for one reader, taken one by one; `onMore` tells it when there may be another. */
export interface EventFeed {
  /** The next event, or null where there is none yet, or none any more. */
  next(): RunEvent | null;
  /** Whether `next` will never give another. */
  readonly done: boolean;
  close(): void;
}
export type OpenFeed = (onMore: () => void) => EventFeed;

/** A feed read as an iteration, until it is done or the reader has gone. */
export async function* readFeed(open: OpenFeed, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  let wake = () => {};
  const onMore = () => wake();
  const feed = open(onMore);
  signal?.addEventListener("abort", onMore, { once: true });
  try {
    while (signal?.aborted !== true) {
      const event = feed.next();
      if (event !== null) yield event;
      else if (feed.done) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener("abort", onMore);
    feed.close();
  }
}

/** An iteration read as a feed, one event ahead. */
export const feedOf =
  (iterate: (signal: AbortSignal) => AsyncGenerator<RunEvent>): OpenFeed =>
  (onMore) => {
    const left = new AbortController();
    const events = iterate(left.signal);
    let ready: RunEvent | null = null;
    let done = false;
    const advance = () => {
      events.next().then(
        (result) => {
          if (result.done) done = true;
          else ready = result.value;
          onMore();
        },
        (error: unknown) => {
          console.error("the log of a run could not be read on:", error);
          done = true;
          onMore();
        },
      );
    };
    advance();
    return {
      next() {
        const event = ready;
        if (event === null) return null;
        ready = null;
        advance();
        return event;
      },
      get done() {
        return done && ready === null;
      },
      close: () => left.abort(),
    };
  };
