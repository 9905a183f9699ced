// The app's server in production: the framework's, with a shorter way in front of it for the routes that need one (server/lean).
// It reads PIPEWRIGHT_HOST and PORT, as the app does.
import http from "node:http";
import next from "next";
import { boundServer, connectionLimits, readConnectionLimits } from "./lib/bound-server.mjs";
import { noteClientAddress, readTrustedProxies } from "./lib/client-address.mjs";
import { ignoreUpgrades } from "./lib/ignore-upgrades.mjs";
import { inProject } from "./lib/project.mjs";

const hostname = process.env.PIPEWRIGHT_HOST || "127.0.0.1";
const port = Number(process.env.PORT) || 3000;

const app = next({ dev: false, dir: inProject("."), hostname, port });
// Runs instrumentation.ts, which opens the database and offers the short way.
await app.prepare();
const handle = app.getRequestHandler();

/** @typedef {(incoming: http.IncomingMessage, outgoing: http.ServerResponse) => boolean} LeanListener */
const shared =
  /** @type {typeof globalThis & { pipewrightLean?: LeanListener, pipewrightWritesAddresses?: boolean }} */ (
    globalThis
  );

const proxies = readTrustedProxies(process.env.PIPEWRIGHT_TRUSTED_PROXIES);
shared.pipewrightWritesAddresses = true;

/** @param {http.IncomingMessage} incoming @param {http.ServerResponse} outgoing @param {boolean} [asksFirst] whether the body waits for a word */
const answer = (incoming, outgoing, asksFirst = false) => {
  noteClientAddress(incoming, proxies);
  if (shared.pipewrightLean?.(incoming, outgoing)) return;
  if (asksFirst) outgoing.writeContinue();
  handle(incoming, outgoing).catch((error) => {
    console.error("a request could not be answered:", error);
    outgoing.destroy();
  });
};
const server = http.createServer({ connectionsCheckingInterval: connectionLimits.checkMs }, (incoming, outgoing) =>
  answer(incoming, outgoing),
);
server.on("checkContinue", (incoming, outgoing) => answer(incoming, outgoing, true));
ignoreUpgrades(server);
boundServer(server, readConnectionLimits(process.env));
server.once("error", (error) => {
  console.error(`The app cannot serve at ${hostname}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname);
