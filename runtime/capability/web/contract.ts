import type { FileReference } from "@/runtime/node/file-reference";

export const webMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;
export type WebMethod = (typeof webMethods)[number];

export const webLimits = {
  url: 8_000,
  headers: 50,
  headerName: 100,
  headerValue: 8_000,
  /** Characters of a body that is text. */
  body: 4_000_000,
  fields: 100,
  /** Bytes of all files of a form. */
  formBytes: 50 * 1024 * 1024,
  redirects: 5,
  retries: 5,
  /** A server that asks for a longer wait is given up. */
  longestRetryAfterSeconds: 60,
  seconds: { least: 1, most: 600, initial: 30 },
  /** Bytes of an answer that is read as text or JSON, and of one that is kept as a file. */
  textBytes: 4_000_000,
  fileBytes: 50 * 1024 * 1024,
  pages: 100,
} as const;

export type WebBody =
  | { readonly kind: "text"; readonly text: string; readonly mediaType: string }
  | { readonly kind: "form"; readonly fields: readonly WebField[] }
  | { readonly kind: "multipart"; readonly fields: readonly (WebField | WebFile)[] };
export interface WebField {
  readonly name: string;
  readonly value: string;
}
export interface WebFile {
  readonly name: string;
  readonly file: FileReference;
}

export interface WebRequest {
  readonly method: WebMethod;
  readonly url: string;
  readonly headers: readonly WebField[];
  readonly body: WebBody | null;
  /** Name of a credential of the workspace; null: none. */
  readonly credential: string | null;
  readonly milliseconds: number;
  /** How often it is asked again after one of these statuses, or where the server could not be reached. */
  readonly retries: number;
  readonly retryStatuses: readonly number[];
  /** `text`: the words of the answer; `file`: it is kept as a file; `auto`: words where its type says so, else a file. */
  readonly result: "auto" | "text" | "file";
  /** Bytes of an answer that is read as text; left out: `webLimits.textBytes`. */
  readonly mostTextBytes?: number;
  /** Told `true` just before a request leaves, and `false` where it then came to no connection, so that nothing can have arrived. */
  readonly onSent?: (isSent: boolean) => void;
}

export interface WebReply {
  readonly status: number;
  /** By name in small letters; those that carry secrets are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without parameters, in small letters; empty where the server did not say. */
  readonly mediaType: string;
  /** null where the answer was kept as a file. */
  readonly text: string | null;
  readonly file: FileReference | null;
  /** Where it came from, after redirects. */
  readonly url: string;
  /** Requests in all. */
  readonly tries: number;
}

/** The web, as far as the workspace's rules let steps go there. Throws `NodeFailure`. */
export interface Web {
  request(request: WebRequest): Promise<WebReply>;
}

export interface ProvidedWeb {
  request(request: WebRequest, signal: AbortSignal): Promise<WebReply>;
}

/** What examples of steps say of it. */
export interface WebScript {
  /** Scripted replies, in call order; what is left out is that of a plain JSON answer. */
  readonly webReplies?: readonly (Partial<WebReply> & { readonly text?: string })[];
}

export const web = {
  called: "the web",
  bind: (provided: ProvidedWeb, call: () => { readonly signal: AbortSignal }): Web => ({
    request: (request) => provided.request(request, call().signal),
  }),
};
