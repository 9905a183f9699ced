import type { IncomingMessage, ServerResponse } from "node:http";
import { LeanHeaders } from "./lean-headers";

/**
 * The parts of a Request that guarded routes read, without its cost: making a real one with its stream and its signal takes longer
 * than checking a key and starting a run.
 */
export class LeanRequest {
  readonly method: string;
  readonly headers: LeanHeaders;
  #controller: AbortController | null = null;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
  ) {
    this.method = incoming.method ?? "GET";
    this.headers = new LeanHeaders(incoming);
  }

  get url(): string {
    return `http://${this.headers.get("host") ?? "localhost"}${this.incoming.url ?? "/"}`;
  }

  /** All of the body; rejects with `tooLarge()` where there is more than so many bytes, and with another error where it breaks off. */
  collect(grow: (bytes: number) => Error | null): Promise<Buffer> {
    const { incoming } = this;
    if (this.method === "GET" || this.method === "HEAD") return Promise.resolve(Buffer.alloc(0));
    this.#askForBody();
    return new Promise((resolve, reject) => {
      let chunks: Buffer[] = [];
      let total = 0;
      const settle = () => incoming.off("data", take).off("end", end).off("error", fail).off("close", fail);
      const take = (chunk: Buffer) => {
        total += chunk.byteLength;
        const refused = grow(total);
        if (refused === null) {
          chunks.push(chunk);
          return;
        }
        chunks = [];
        settle();
        incoming.pause();
        reject(refused);
      };
      const end = () => {
        settle();
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
      };
      const fail = () => {
        settle();
        reject(new Error("the body broke off"));
      };
      if (incoming.destroyed && !incoming.complete) fail();
      else incoming.on("data", take).once("end", end).once("error", fail).once("close", fail);
    });
  }

  /** Calls back when the caller has gone before the answer was complete; what it returns ends that. */
  onGone(gone: () => void): () => void {
    const closed = () => {
      if (!this.outgoing.writableFinished) gone();
    };
    if (this.outgoing.closed) closed();
    else this.outgoing.once("close", closed);
    return () => this.outgoing.off("close", closed);
  }

  /** Leaving it unread does not close the connection, over which the refusal still has to go. */
  get body(): AsyncIterable<Uint8Array> | null {
    if (this.method === "GET" || this.method === "HEAD") return null;
    return {
      [Symbol.asyncIterator]: () => {
        this.#askForBody();
        return this.incoming.iterator({ destroyOnReturn: false });
      },
    };
  }

  /** Whoever asked whether to send the body is answered only now: it has passed every check that goes by the headers. */
  #askForBody(): void {
    const { expect } = this.incoming.headers;
    if (expect !== undefined && /^100-continue$/i.test(expect)) this.outgoing.writeContinue();
  }

  /** Aborts when the caller has gone before the answer was complete. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      const controller = new AbortController();
      this.#controller = controller;
      this.onGone(() => controller.abort());
    }
    return this.#controller.signal;
  }
}
