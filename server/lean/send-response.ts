import type { ServerResponse } from "node:http";

/** Sends a Response. A stream is read no faster than the caller reads, and is cancelled when the caller has gone. */
export const sendResponse = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  const { body } = response;
  if (body === null) {
    outgoing.end();
    return;
  }
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    const text = await response.text();
    outgoing.setHeader("content-length", Buffer.byteLength(text));
    outgoing.end(text);
    return;
  }
  outgoing.flushHeaders();
  const reader = body.getReader();
  const gone = () => void reader.cancel().catch(() => {});
  outgoing.once("close", gone);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!outgoing.write(part.value)) await room(outgoing);
  }
  outgoing.off("close", gone);
  outgoing.end();
};

/** Resolves when there is room to write, or nobody to write to. */
const room = (outgoing: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      outgoing.off("drain", done).off("close", done);
      resolve();
    };
    if (outgoing.closed) resolve();
    else outgoing.once("drain", done).once("close", done);
  });
