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

/**
 * Ports that browsers and fetch do not open, whatever listens there, as other protocols use them: "bad ports" of the Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking).
 */
const refusedByBrowsers = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Says clearly why nothing can listen there, or nobody could come. @param {string} host @param {number} port */
export async function checkPort(host, port) {
  if (refusedByBrowsers.has(port)) {
    throw new StartFailure(
      `Browsers refuse to open port ${port}, because another protocol uses it. Choose another: npm start -- --port 3000`,
    );
  }
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
