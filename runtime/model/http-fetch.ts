/** The little of `fetch` that an endpoint needs. Redirects are never followed: a 3xx is an answer like any other. */
export type HttpFetch = (url: string, request: HttpRequest) => Promise<HttpResponse>;

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | null;
  /** Read at most once; leaving it early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}
