import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TelemetrySettings } from "./telemetry-settings";

export const metricsPath = "/metrics";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
/** A proxy on this machine is this machine to us, and whoever stands behind it is not. */
const forwarding = ["x-forwarded-for", "forwarded", "x-real-ip", "via", "cf-connecting-ip"];

const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  loopback.has(socket.remoteAddress ?? "") && forwarding.every((name) => headers[name] === undefined);

const hasToken = ({ headers }: IncomingMessage, token: string): boolean => {
  const [, given] = /^Bearer ([^\s]{1,500})$/i.exec(headers.authorization ?? "") ?? [];
  return given !== undefined && isSame(given, token);
};

/** The metrics as text, and the type of that text. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** Answers `/metrics` for whoever may read it; says whether the request was for it. Whoever may not is answered as if there were no such page. */
export const metricsDoor =
  (settings: TelemetrySettings["metrics"], metrics: MetricsText) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const [path] = (incoming.url ?? "").split("?", 1);
    if (settings === null || path !== metricsPath || (incoming.method !== "GET" && incoming.method !== "HEAD"))
      return false;
    if (settings === "loopback" && !isLocal(incoming)) return false;
    if (settings !== "loopback" && !hasToken(incoming, settings.token)) {
      outgoing.writeHead(401, { "www-authenticate": "Bearer", "cache-control": "no-store" }).end();
      return true;
    }
    metrics.text().then(
      (text) => {
        outgoing.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" });
        outgoing.end(incoming.method === "HEAD" ? undefined : text);
      },
      (error: unknown) => {
        console.error("the metrics could not be read:", error);
        outgoing.writeHead(500, { "cache-control": "no-store" }).end();
      },
    );
    return true;
  };
