import { createServer, isIP } from "node:net";
import { StartFailure } from "./start-failure.mjs";

/** @param {string} host */
export const isLoopback = (host) => host === "localhost" || host === "::1" || /^127\./.test(host);

/** Where a program on this machine reaches a server bound to `host`. @param {string} host @param {number} port */
export function localUrl(host, port) {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${isIP(reached) === 6 ? `[${reached}]` : reached}:${port}`;
}

/** @param {string} host @param {number} port 0: any free one @returns {Promise<number>} the port that could be bound */
const bindOnce = (host, port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });

export const freePort = () => bindOnce("127.0.0.1", 0);

/** Says clearly why nothing can listen there. @param {string} host @param {number} port */
export async function checkPort(host, port) {
  try {
    await bindOnce(host, port);
  } catch (error) {
    switch (error.code) {
      case "EADDRINUSE":
        throw new StartFailure(
          `Port ${port} is in use by another program (perhaps another Pipewright).\nEnd that one, or choose another port: npm start -- --port ${port === 65535 ? 3000 : port + 1}`,
        );
      case "EACCES":
        throw new StartFailure(
          `This user may not listen on port ${port}. Choose one above 1023: npm start -- --port 3000`,
        );
      case "EADDRNOTAVAIL":
      case "ENOTFOUND":
        throw new StartFailure(
          `This machine has no address "${host}". Use 127.0.0.1, or 0.0.0.0 for all of its addresses.`,
        );
      default:
        throw error;
    }
  }
}
