import type { IncomingMessage, ServerResponse } from "node:http";
import { isBodyDue, leaveBounds } from "@/server/platform/lean/leave-body";

/** How a body has to come. */
export const paceLimits = {
  /** Longest time without a byte. */
  silenceMs: 20_000,
  /** After this the whole body so far must have come at least this fast, in bytes a second: a slow telephone line does better. */
  graceMs: 20_000,
  leastRate: 4 * 1024,
  checkMs: 1_000,
} as const;
export type PaceLimits = { readonly [Name in keyof typeof paceLimits]: number };

interface Watched {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly begunAt: number;
  readonly bytesBefore: number;
  lastBytes: number;
  lastAt: number;
  answered: { readonly at: number; readonly bytes: number } | null;
}

const tooSlow = (() => {
  const body = JSON.stringify({
    error: { code: "request-timeout", message: "The body of the request came too slowly.", hint: "Send it again." },
  });
  return `HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
})();

/**
 * Watches bodies that are on their way: one that drips is cut, with an answer where none was given, and so is one that goes on coming after its
 * answer. One timer looks after all of them, so that a request costs no timer.
 */
export class BodyPace {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly limits: PaceLimits = paceLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  watch(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (!isBodyDue(incoming)) return;
    const at = this.now();
    const bytes = incoming.socket.bytesRead;
    this.#watched.add({
      incoming,
      outgoing,
      begunAt: at,
      bytesBefore: bytes,
      lastBytes: bytes,
      lastAt: at,
      answered: null,
    });
    this.#timer ??= setInterval(() => this.check(), this.limits.checkMs).unref();
  }

  check(): void {
    for (const watched of this.#watched) {
      if (watched.incoming.complete || watched.incoming.destroyed) this.#watched.delete(watched);
      else if (this.#isLate(watched)) {
        this.#watched.delete(watched);
        cut(watched);
      }
    }
    if (this.#watched.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #isLate(watched: Watched): boolean {
    const { incoming, outgoing, begunAt, bytesBefore } = watched;
    const at = this.now();
    const { bytesRead } = incoming.socket;
    if (outgoing.writableFinished) {
      watched.answered ??= { at, bytes: bytesRead };
      const { bytes, ms } = leaveBounds.stranger;
      return at - watched.answered.at > ms || bytesRead - watched.answered.bytes > bytes;
    }
    // What has come and is not taken yet is our delay, not the sender's.
    if (bytesRead > watched.lastBytes || incoming.readableLength > 0) {
      watched.lastBytes = bytesRead;
      watched.lastAt = at;
    }
    if (at - watched.lastAt > this.limits.silenceMs) return true;
    const late = at - begunAt - this.limits.graceMs;
    return late > 0 && incoming.readableLength === 0 && bytesRead - bytesBefore < (late / 1000) * this.limits.leastRate;
  }
}

const cut = ({ incoming, outgoing }: Watched): void => {
  const { socket } = incoming;
  if (outgoing.headersSent || !socket.writable) {
    socket.destroy();
    return;
  }
  // Past the response, which belongs to whoever still waits for the body and will find the connection gone.
  socket.end(tooSlow);
  setTimeout(() => socket.destroy(), 500).unref();
};
