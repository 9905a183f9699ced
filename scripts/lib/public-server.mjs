import http from "node:http";
import { boundServer, connectionLimits, readConnectionLimits } from "./bound-server.mjs";
import { noteClientAddress, readTrustedProxies } from "./client-address.mjs";
import { ignoreUpgrades } from "./ignore-upgrades.mjs";

/**
 * Listens where the app is reached: bounded, with the client's address written into each request. Ends the process where it cannot.
 * @param {(incoming: http.IncomingMessage, outgoing: http.ServerResponse, asksFirst: boolean) => void} answer `asksFirst`: whether the body waits
 *   for a word
 * @param {{ hostname: string, port: number }} address
 * @returns {Promise<void>} when it listens
 */
export function listenPublicly(answer, { hostname, port }) {
  const proxies = readTrustedProxies(process.env.PIPEWRIGHT_TRUSTED_PROXIES);
  /** @param {http.IncomingMessage} incoming @param {http.ServerResponse} outgoing @param {boolean} asksFirst */
  const note = (incoming, outgoing, asksFirst) => {
    noteClientAddress(incoming, proxies);
    answer(incoming, outgoing, asksFirst);
  };
  const server = http.createServer({ connectionsCheckingInterval: connectionLimits.checkMs }, (incoming, outgoing) =>
    note(incoming, outgoing, false),
  );
  server.on("checkContinue", (incoming, outgoing) => note(incoming, outgoing, true));
  ignoreUpgrades(server);
  boundServer(server, readConnectionLimits(process.env));
  server.once("error", (error) => {
    console.error(`The app cannot serve at ${hostname}:${port}: ${error.message}`);
    process.exit(1);
  });
  return new Promise((resolve) => server.listen(port, hostname, () => resolve()));
}

/**
 * Listens for the process that the app is reached by, on a socket that only this user can reach. Whoever connects has been let in and named already.
 * @param {(incoming: http.IncomingMessage, outgoing: http.ServerResponse, asksFirst: boolean) => void} answer
 * @param {string} socketPath
 */
export function listenPrivately(answer, socketPath) {
  const server = http.createServer((incoming, outgoing) => answer(incoming, outgoing, false));
  server.on("checkContinue", (incoming, outgoing) => answer(incoming, outgoing, true));
  ignoreUpgrades(server);
  server.requestTimeout = 0;
  server.keepAliveTimeout = connectionLimits.idleMs;
  server.once("error", (error) => {
    console.error(`The interface cannot listen: ${error.message}`);
    process.exit(1);
  });
  server.listen(socketPath);
}
