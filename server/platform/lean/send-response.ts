import type { IncomingMessage, ServerResponse } from "node:http";
import { answerUnread, isBodyDue, leaveBounds } from "./leave-body";
import { sourceOf, type TextSource } from "./text-source";

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
  const text = body === null ? "" : await response.text();
  if (isBodyDue(incoming)) {
    const bounds = response.status === 401 || response.status === 403 ? leaveBounds.stranger : leaveBounds.known;
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
