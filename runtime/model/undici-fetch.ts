import { Agent, type Dispatcher } from "undici";
import type { EndSignal, HttpFetch, HttpResponse } from "./http-fetch";

/** So many bytes may wait for a reader before the socket is asked to wait. */
const highWaterBytes = 64 * 1024;

/**
 * Straight on undici's `dispatch`: no WHATWG fetch, no Response and no Node stream, which together cost more than a small call.
 * Connections are kept alive by the dispatcher, which also decides where they may go. Time limits are the endpoint's own, so undici's
 * are off.
 */
export const createUndiciFetch =
  (dispatcher: Dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })): HttpFetch =>
  (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const { origin, path } = targetOf(url);
      dispatcher.dispatch(
        {
          origin,
          path,
          method: method as Dispatcher.HttpMethod,
          headers: headers as Record<string, string>,
          body: body ?? null,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        new Exchange(signal, resolve, reject),
      );
    });

interface RequestTarget {
  readonly origin: string;
  readonly path: string;
}

/** Addresses asked last: a program calls the same few again and again. */
const targets = new Map<string, RequestTarget>();
const mostTargets = 1_000;

const targetOf = (url: string): RequestTarget => {
  const known = targets.get(url);
  if (known !== undefined) return known;
  const { origin, pathname, search } = new URL(url);
  const target = { origin, path: `${pathname}${search}` };
  if (targets.size >= mostTargets) targets.clear();
  targets.set(url, target);
  return target;
};

const ended: IteratorResult<Uint8Array> = { value: undefined, done: true };

interface Reader {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (error: unknown) => void;
}

/** One request and its answer, whose body is read as it comes. */
class Exchange implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array> {
  #controller: Dispatcher.DispatchController | null = null;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #reader: Reader | null = null;
  #hasEnded = false;
  #failure: { readonly error: unknown } | null = null;
  readonly #onAbort = () => this.#stop(this.signal.reason);

  constructor(
    private readonly signal: EndSignal,
    private readonly answered: (response: HttpResponse) => void,
    private readonly refused: (error: unknown) => void,
  ) {
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.signal.aborted) controller.abort(asError(this.signal.reason));
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Interim answers (100, 103) come before the one that counts.
    if (status < 200) return;
    this.answered({
      status,
      header: (name) => {
        const value = headers[name];
        return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
      },
      body: this,
      arrived: () => this.#arrived(),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#reader !== null) {
      const { resolve } = this.#reader;
      this.#reader = null;
      resolve({ value: chunk, done: false });
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes >= highWaterBytes) controller.pause();
  }

  onResponseEnd(): void {
    this.#hasEnded = true;
    this.#close();
    this.#reader?.resolve(ended);
    this.#reader = null;
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: unknown): void {
    this.#fail(error);
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.byteLength;
      if (this.#controller?.paused === true && this.#bytes < highWaterBytes / 2) this.#controller.resume();
      return Promise.resolve({ value: chunk, done: false });
    }
    if (this.#failure !== null) return Promise.reject(this.#failure.error);
    if (this.#hasEnded) return Promise.resolve(ended);
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#hasEnded) this.#stop(new Error("The reader of the answer has left."));
    this.#chunks = [];
    return Promise.resolve(ended);
  }

  #arrived(): Uint8Array | null {
    if (!this.#hasEnded) return null;
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ends the exchange from this side, which closes the connection. */
  #stop(reason: unknown): void {
    this.#controller?.abort(asError(reason));
    this.#fail(reason);
  }

  #fail(error: unknown): void {
    if (this.#failure !== null || this.#hasEnded) return;
    this.#failure = { error };
    this.#close();
    this.refused(error);
    this.#reader?.reject(error);
    this.#reader = null;
  }

  #close(): void {
    this.signal.removeEventListener("abort", this.#onAbort);
  }
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
