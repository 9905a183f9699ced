import type http from "node:http";
import type { Behaviour } from "./fake-openai-behaviour";

/** What every request of the protocol names. */
export interface FakeCall {
  readonly model?: string;
}

const sendText = (response: http.ServerResponse, status: number, type: string, text: string) => {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(text);
};
export const sendJson = (response: http.ServerResponse, status: number, body: unknown) =>
  sendText(response, status, "application/json", JSON.stringify(body));
export const sendError = (response: http.ServerResponse, status: number, message: string, code: string | null = null) =>
  sendJson(response, status, { error: { message, type: "error", param: null, code } });

/** The beginning of an answer whose rest never comes: the connection breaks. */
export const sendHalf = (response: http.ServerResponse): void => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
  response.write('{"results": [');
  response.socket?.end();
};

/** Answers badly if the model's name says so. Returns whether it did. */
export const misbehave = (
  response: http.ServerResponse,
  call: FakeCall,
  behaviour: Behaviour,
  failuresLeft: Map<string, number>,
): boolean => {
  const model = call.model ?? "";
  switch (behaviour.kind) {
    case "status":
      if (behaviour.retryAfter !== undefined) response.setHeader("retry-after", behaviour.retryAfter);
      sendError(response, behaviour.status, behaviour.message, behaviour.code);
      return true;
    case "html":
      sendText(response, behaviour.status, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title>");
      return true;
    case "redirect":
      response.writeHead(307, { location: behaviour.to });
      response.end();
      return true;
    case "never":
      return true;
    case "not-json":
      sendText(response, 200, "application/json", '{"choices": [');
      return true;
    case "erratic": {
      const calls = (failuresLeft.get(model) ?? 0) + 1;
      failuresLeft.set(model, calls);
      if (calls % behaviour.every > 0) return false;
      sendError(response, 400, "This request cannot be answered.");
      return true;
    }
    case "flaky": {
      const left = failuresLeft.get(model) ?? behaviour.failures;
      failuresLeft.set(model, left - 1);
      if (left <= 0) return false;
      sendError(response, 503, "The model is loading.");
      return true;
    }
    case "busy": {
      const left = failuresLeft.get(model) ?? behaviour.failures;
      failuresLeft.set(model, left - 1);
      if (left <= 0) return false;
      sendError(response, 429, `Rate limit reached for ${model}. Please try again in ${behaviour.waitMs}ms.`);
      return true;
    }
    case "refuse": {
      const given = (call as Readonly<Record<string, unknown>>)[behaviour.parameter];
      const type = typeof given === "string" ? given : (given as { readonly type?: string } | undefined)?.type;
      if (given === undefined || (behaviour.only !== undefined && type !== behaviour.only)) return false;
      sendError(response, 400, behaviour.message, "unsupported_parameter");
      return true;
    }
    default:
      return false;
  }
};

export const after = (response: http.ServerResponse, delayMs: number, action: () => void): void => {
  if (delayMs === 0) {
    action();
    return;
  }
  const timer = setTimeout(action, delayMs);
  response.on("close", () => clearTimeout(timer));
};
