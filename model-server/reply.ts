import type { ServerResponse } from "node:http";
import { type EndpointError, errorBody } from "./errors";

export function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendError(response: ServerResponse, error: EndpointError) {
  sendJson(response, error.status, errorBody(error), {
    ...(error.retryAfterSeconds !== undefined && { "retry-after": String(error.retryAfterSeconds) }),
    // What is left of a body that was not read would be taken for the next request.
    ...(error.status === 413 && { connection: "close" }),
  });
}
