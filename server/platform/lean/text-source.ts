/** A text that comes bit by bit, pushed to whoever takes it. */
export interface TextSource {
  /** Begins. What it has to say at once is written before this returns. */
  start(sink: TextSink): TextFlow;
  /** In place of `start`, where nobody will ever take it. */
  leave?(): void;
}

export interface TextSink {
  /** Says whether there is room for more; if not, the source waits for `resume`. */
  write(text: string): boolean;
  end(): void;
}

export interface TextFlow {
  resume(): void;
  /** Nobody takes it any more. */
  stop(): void;
}

const encoder = new TextEncoder();
const sources = new WeakMap<ReadableStream, TextSource>();

/**
 * The body of a Response. Taken as a stream it is one, read no faster than its reader does; the lean server asks for the source behind it and
 * saves a dozen promises for every few letters.
 */
export const textStream = (source: TextSource): ReadableStream<Uint8Array> => {
  let flow: TextFlow | null = null;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (flow !== null) {
          flow.resume();
          return;
        }
        flow = source.start({
          write: (text) => {
            controller.enqueue(encoder.encode(text));
            return (controller.desiredSize ?? 0) > 0;
          },
          end: () => controller.close(),
        });
      },
      cancel: () => {
        if (flow === null) source.leave?.();
        else flow.stop();
      },
    },
    // Nothing begins before somebody reads.
    { highWaterMark: 0 },
  );
  sources.set(stream, source);
  return stream;
};

export const sourceOf = (stream: ReadableStream): TextSource | undefined => sources.get(stream);
