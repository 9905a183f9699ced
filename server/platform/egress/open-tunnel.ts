import http from "node:http";
import type { Socket } from "node:net";
import { NodeFailure } from "@/runtime/node/node-failure";

export interface TunnelTarget {
  /** The IP address that was checked: the proxy is never asked to resolve a name. */
  readonly address: string;
  readonly port: string;
  /** The name that the address belongs to, for the proxy's own log. */
  readonly hostname: string;
}

const refused = (message: string, hint: string) =>
  new NodeFailure("model-unavailable", message, { hint, unreached: true });

/** Asks the proxy at the other end of `socket` for a way through (HTTP CONNECT). Resolves with the socket that leads to the target. */
export const openTunnel = (
  socket: Socket,
  { address, port, hostname }: TunnelTarget,
  credentials: string | null,
  timeoutMs: number,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const host = `${address.includes(":") ? `[${address}]` : address}:${port}`;
    const request = http.request({
      method: "CONNECT",
      path: host,
      createConnection: () => socket,
      maxHeaderSize: 16_384,
      timeout: timeoutMs,
      headers: {
        host: `${hostname}:${port}`,
        ...(credentials === null
          ? {}
          : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }),
      },
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    request.once("connect", ({ statusCode = 0 }, tunnel, head) => {
      if (statusCode >= 200 && statusCode < 300 && head.length === 0) return resolve(tunnel as Socket);
      if (statusCode === 407) {
        return fail(
          refused(
            "The proxy asks for a user name and a password (407).",
            "Write them into the proxy's address: http://user:password@host:port.",
          ),
        );
      }
      fail(
        refused(
          `The proxy refused the connection (${statusCode}).`,
          "Ask who runs the proxy whether it lets this address and port through.",
        ),
      );
    });
    request.once("response", (response) => {
      response.resume();
      fail(
        refused(
          "The proxy answered with a page, not with a connection.",
          "Check that the address is that of an HTTP proxy.",
        ),
      );
    });
    request.once("timeout", () => fail(refused("The proxy did not answer in time.", "Check the proxy's address.")));
    request.once("error", fail);
    request.end();
  });
