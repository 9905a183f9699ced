import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer";
import { answerUnread, isBodyDue, leaveBounds } from "./leave-body";
import { sourceOf, type TextSource } from "./text-source";

/** Names and values of headers in the order in which a Headers gives them, flat. */
const inOrder = (headers: Readonly<Record<string, string>>): string[] => {
  const names = Object.keys(headers).sort();
  const flat: string[] = [];
  for (const name of names) flat.push(name, headers[name] as string);
  return flat;
};

/** Headers that many answers share are put in order once. */
const ordered = new WeakMap<object, readonly string[]>();
const flatHeaders = (headers: Readonly<Record<string, string>>): string[] => {
  let flat = ordered.get(headers);
  if (flat === undefined) {
    flat = inOrder(headers);
    ordered.set(headers, flat);
  }
  return flat.slice();
};

/** Sends an Answer, to a request whose body was read or refused. */
export const sendAnswer = (answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const { status, headers, body } = answer;
  if (typeof body === "string" && !isBodyDue(incoming)) {
    const flat = flatHeaders(headers);
    flat.push("content-length", String(Buffer.byteLength(body)));
    outgoing.writeHead(status, flat);
    outgoing.end(body);
    return;
  }
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers).sort(byName)) outgoing.appendHeader(name, value);
  if (typeof body === "object" && body !== null) {
    if (incoming.method !== "HEAD") sendSource(body, outgoing);
    else {
      body.leave?.();
      outgoing.end();
    }
  } else answerWhole(body, status, incoming, outgoing);
};

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]): number => (one < other ? -1 : 1);

/** Sends a Response whose body is a text source or can be had whole, to a request whose body was read or refused. */
export const sendResponse = async (
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  const { body } = response;
  const source = body === null ? undefined : sourceOf(body);
  if (source !== undefined && incoming.method !== "HEAD") {
    sendSource(source, outgoing);
    return;
  }
  if (source !== undefined) {
    await body?.cancel();
    outgoing.end();
    return;
  }
  answerWhole(body === null ? null : await response.text(), response.status, incoming, outgoing);
};

const answerWhole = (
  body: string | null,
  status: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void => {
  const text = body ?? "";
  if (isBodyDue(incoming)) {
    const bounds = status === 401 || status === 403 ? leaveBounds.stranger : leaveBounds.known;
    answerUnread(incoming, outgoing, text, bounds);
    return;
  }
  if (body !== null) outgoing.setHeader("content-length", Buffer.byteLength(text));
  outgoing.end(text);
};

/** Reads the source no faster than the caller reads, and stops it when the caller has gone. */
const sendSource = (source: TextSource, outgoing: ServerResponse): void => {
  let gathering = false;
  const release = () => {
    if (!gathering) return;
    gathering = false;
    outgoing.uncork();
  };
  const gather = () => {
    if (gathering) return;
    gathering = true;
    // What is said in one turn of the event loop goes out in one packet.
    outgoing.cork();
    setImmediate(release);
  };
  gather();
  outgoing.flushHeaders();
  const flow = source.start({
    write: (text) => {
      gather();
      return outgoing.write(text);
    },
    end: () => {
      // A corked response must not be ended: newer Node sends the end of the body ahead of what was gathered. The connection is corked in its
      // place, so that all still goes out in one packet; ending lets go of it.
      outgoing.socket?.cork();
      release();
      outgoing.end();
    },
  });
  outgoing.on("drain", () => flow.resume());
  outgoing.once("close", () => flow.stop());
};
