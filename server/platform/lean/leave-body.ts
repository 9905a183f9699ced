import type { IncomingMessage, ServerResponse } from "node:http";

/** What is still taken of a body that was refused, so that its sender gets to read why before the connection goes. */
export interface LeaveBounds {
  readonly bytes: number;
  readonly ms: number;
}

/** Of somebody whose key or session is not known, and of somebody whose is. */
export const leaveBounds = {
  stranger: { bytes: 256 * 1024, ms: 2_000 },
  known: { bytes: 16 * 1024 * 1024, ms: 10_000 },
} as const satisfies Record<string, LeaveBounds>;

/** Whether a part of the body may still be on its way. */
export const isBodyDue = (incoming: IncomingMessage): boolean =>
  !incoming.complete &&
  (incoming.headers["transfer-encoding"] !== undefined || Number(incoming.headers["content-length"] ?? 0) > 0);

/**
 * Sends an answer to a request whose body has not been read to its end, and closes the connection. A connection that is cut while its sender is
 * still writing takes the answer with it, so what comes is thrown away for a while first.
 */
export const answerUnread = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  text: string,
  { bytes, ms }: LeaveBounds = leaveBounds.stranger,
): void => {
  outgoing.setHeader("connection", "close");
  outgoing.setHeader("content-length", Buffer.byteLength(text));
  // Whole for the sender, who knows its length; ended only when nothing more is expected of them.
  if (text === "") outgoing.flushHeaders();
  else outgoing.write(text);
  let taken = 0;
  const end = () => {
    clearTimeout(timer);
    incoming.off("data", take).off("end", end).off("close", end).pause();
    outgoing.end();
  };
  const take = (chunk: Uint8Array) => {
    taken += chunk.byteLength;
    if (taken > bytes) end();
  };
  const timer = setTimeout(end, ms);
  incoming.on("data", take).once("end", end).once("close", end);
  incoming.on("error", () => {});
  if (incoming.complete && incoming.readableLength === 0) end();
};
