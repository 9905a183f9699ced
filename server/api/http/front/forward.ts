import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { answerUnread, isBodyDue, leaveBounds } from "@/server/platform/lean/leave-body";
import { readTarget } from "@/server/platform/lean/read-target";
import { interfaceAway, refusalText } from "./refusals";

/** Headers that belong to one connection and not to the message (RFC 9110, section 7.6.1). */
const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);

/** Idle connections are closed before the interface closes them, which it does after 65 s. */
const idleMs = 30_000;

const passedOn = (rawHeaders: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (!ofConnection.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] as string);
  }
  return kept;
};

export type Forward = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Passes requests on to the process of the interface, over a socket that only this user can reach, and its answers back, both as they come and no
 * faster than they are read.
 */
export const forwardTo = (socketPath: string): Forward => {
  const agent = new http.Agent({ keepAlive: true, timeout: idleMs });
  /** Said once, and not of every request until it is back. */
  let isAway = false;
  return (incoming, outgoing) => {
    const asksFirst = incoming.headers.expect?.toLowerCase() === "100-continue";
    const { method, url } = incoming;
    const headers = passedOn(incoming.rawHeaders);
    const request = http.request({ socketPath, agent, method, path: url, headers });
    const sendBody = () => void incoming.pipe(request);
    request.once("response", (response) => {
      isAway = false;
      answer(response, incoming, outgoing);
    });
    request.on("continue", () => {
      outgoing.writeContinue();
      sendBody();
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      incoming.unpipe(request);
      if (outgoing.destroyed || outgoing.writableEnded) return;
      if (outgoing.headersSent) outgoing.destroy();
      else {
        if (!isAway) console.error("the interface did not answer:", error.code ?? error.message);
        isAway = true;
        refuseAway(incoming, outgoing);
      }
    });
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) request.destroy();
    });
    if (asksFirst) request.flushHeaders();
    else if (isBodyDue(incoming) || !incoming.complete) sendBody();
    else request.end();
  };
};

const answer = (response: IncomingMessage, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const headers = passedOn(response.rawHeaders);
  // The interface leaves a body that it does not want; then the sender's connection has to end as well.
  if (isBodyDue(incoming)) headers.push("connection", "close");
  outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, headers);
  outgoing.flushHeaders();
  response.once("error", () => outgoing.destroy());
  response.pipe(outgoing);
};

const refuseAway = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const { surface } = readTarget(incoming.url ?? "/");
  const isPage = surface === "page";
  const text = isPage ? `${interfaceAway.message} ${interfaceAway.hint}\n` : refusalText(interfaceAway, surface);
  outgoing.statusCode = interfaceAway.status;
  outgoing.setHeader("content-type", isPage ? "text/plain; charset=utf-8" : "application/json");
  outgoing.setHeader("x-content-type-options", "nosniff");
  outgoing.setHeader("cache-control", "no-store");
  for (const [name, value] of Object.entries(interfaceAway.headers ?? {})) outgoing.setHeader(name, value);
  if (isBodyDue(incoming)) answerUnread(incoming, outgoing, text, leaveBounds.stranger);
  else outgoing.setHeader("content-length", Buffer.byteLength(text)).end(text);
};
