import type { FetchProgress } from "./fetches";

/** What a client is told, in the form of the OpenAI API. `param` names the field at fault. */
export interface EndpointError {
  readonly status: number;
  readonly type: "invalid_request_error" | "authentication_error" | "rate_limit_error" | "server_error";
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly retryAfterSeconds?: number;
}

export const badRequest = (message: string, param: string | null = null, code = "invalid_value"): EndpointError => ({
  status: 400,
  type: "invalid_request_error",
  code,
  message,
  param,
});

export const contextTooLong = (promptTokens: number, contextSize: number): EndpointError =>
  badRequest(
    `The messages are ${promptTokens} tokens long; this model reads at most ${contextSize} tokens, its answer included. Shorten them.`,
    "messages",
    "context_length_exceeded",
  );

export const unauthorized = (): EndpointError => ({
  status: 401,
  type: "authentication_error",
  code: "invalid_api_key",
  message: "This endpoint needs its API key as a bearer token.",
  param: null,
});

export const forbidden = (message: string): EndpointError => ({
  status: 403,
  type: "invalid_request_error",
  code: "forbidden",
  message,
  param: null,
});

export const notFound = (message: string, code = "not_found"): EndpointError => ({
  status: 404,
  type: "invalid_request_error",
  code,
  message,
  param: null,
});

export const modelNotFound = (model: string, known: readonly string[]): EndpointError => ({
  ...notFound(`There is no model "${model}" here. Known: ${known.join(", ") || "none"}.`, "model_not_found"),
  param: "model",
});

/** `fetching`: how far they are, where somebody fetches them now. */
export const modelNotFetched = (model: string, command: string, fetching?: FetchProgress): EndpointError => ({
  ...notFound(
    fetching
      ? `The weights of "${model}" are being fetched${share(fetching)}. Try again when they are here.`
      : `The weights of "${model}" are not on this machine yet. To fetch them: ${command}`,
    "model_not_fetched",
  ),
  param: "model",
});

const share = ({ bytesDone, bytesTotal }: FetchProgress) =>
  bytesTotal > 0
    ? `: ${Math.floor((100 * bytesDone) / bytesTotal)} % of ${Math.round(bytesTotal / 1e6)} MB are here`
    : "";

export const methodNotAllowed = (method: string, path: string): EndpointError => ({
  status: 405,
  type: "invalid_request_error",
  code: "method_not_allowed",
  message: `${path} does not take ${method}.`,
  param: null,
});

export const bodyTooLarge = (limit: number): EndpointError => ({
  status: 413,
  type: "invalid_request_error",
  code: "request_too_large",
  message: `The request is larger than ${limit} bytes.`,
  param: null,
});

export const queueFull = (waiting: number, retryAfterSeconds: number): EndpointError => ({
  status: 429,
  type: "rate_limit_error",
  code: "queue_full",
  message: `${waiting} requests are waiting already. Try again in about ${retryAfterSeconds} s.`,
  param: null,
  retryAfterSeconds,
});

/** The model at fault and why; other models go on. */
export const modelFailed = (model: string, reason: string): EndpointError => ({
  status: 500,
  type: "server_error",
  code: "model_failed",
  message: `The model "${model}" could not be used: ${reason}`,
  param: "model",
});

export const errorBody = ({ type, code, message, param }: EndpointError) => ({ error: { message, type, param, code } });
