import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * The parts of a Request that guarded routes read, without its cost: making a real one with its stream and its signal takes longer
 * than checking a key and starting a run.
 */
export class LeanRequest {
  readonly method: string;
  readonly headers: Headers;
  #controller: AbortController | null = null;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
  ) {
    this.method = incoming.method ?? "GET";
    this.headers = new Headers();
    const { rawHeaders } = incoming;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      this.headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
    }
  }

  get url(): string {
    return `http://${this.headers.get("host") ?? "localhost"}${this.incoming.url ?? "/"}`;
  }

  /** Leaving it unread does not close the connection, over which the refusal still has to go. */
  get body(): AsyncIterable<Uint8Array> | null {
    if (this.method === "GET" || this.method === "HEAD") return null;
    return {
      [Symbol.asyncIterator]: () => {
        // Whoever asked whether to send the body is answered only now: it has passed every check that goes by the headers.
        if (/^100-continue$/i.test(this.incoming.headers.expect ?? "")) this.outgoing.writeContinue();
        return this.incoming.iterator({ destroyOnReturn: false });
      },
    };
  }

  /** Aborts when the caller has gone before the answer was complete. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      const controller = new AbortController();
      this.#controller = controller;
      const closed = () => {
        if (!this.outgoing.writableFinished) controller.abort();
      };
      if (this.outgoing.closed) closed();
      else this.outgoing.once("close", closed);
    }
    return this.#controller.signal;
  }
}
