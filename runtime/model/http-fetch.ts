/** The little of `fetch` that an endpoint needs. Redirects are never followed: a 3xx is an answer like any other. */
export type HttpFetch = (url: string, request: HttpRequest) => Promise<HttpResponse>;

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: EndSignal;
}

/** The part of an AbortSignal that says when to stop. A real one costs more than reading a small reply. */
export interface EndSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | null;
  /** Read at most once; leaving it early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body where it is here already and nothing of it was read; else null, and it is read as it comes. Left out: always null. */
  arrived?(): Uint8Array | null;
}
