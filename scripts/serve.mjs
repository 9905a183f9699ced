// The interface's server in production: the framework's, with a shorter way in front of it for the routes that need one (server/platform/lean).
// It reads PIPEWRIGHT_INTERFACE_SOCKET, where the process that the app is reached by connects (server/api/http/front/main.ts).
/** @import http from "node:http" */
import { readFileSync, rmSync } from "node:fs";
import { inProject } from "./lib/project.mjs";
import { listenPrivately } from "./lib/public-server.mjs";
import { untilAccepts } from "./lib/wait-for-socket.mjs";

const socketPath = process.env.PIPEWRIGHT_INTERFACE_SOCKET;
if (!socketPath) throw new Error("PIPEWRIGHT_INTERFACE_SOCKET is not set; the app is started by npm start.");
const hostname = process.env.PIPEWRIGHT_HOST || "127.0.0.1";
const port = Number(process.env.PORT) || 3000;

/** @typedef {(incoming: http.IncomingMessage, outgoing: http.ServerResponse) => boolean} LeanListener */
const shared =
  /** @type {typeof globalThis & { pipewrightLean?: LeanListener, pipewrightWritesAddresses?: boolean }} */ (
    globalThis
  );
// The process before this one has written them.
shared.pipewrightWritesAddresses = true;

// Configured as the build was, in the way of the framework's own standalone server: it then loads none of what it builds with.
const built = JSON.parse(readFileSync(inProject(".next", "required-server-files.json"), "utf8"));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
const { default: next } = await import("next");
const database = process.env.PIPEWRIGHT_DATABASE_SOCKET;
if (database && !process.env.DATABASE_URL) await untilAccepts(database, "The embedded database");
const app = next({ dev: false, dir: inProject("."), hostname, port });
// Runs instrumentation.ts, which opens the database and offers the short way.
await app.prepare();
const handle = app.getRequestHandler();

// Where the one before it was killed, its socket is still there.
if (process.platform !== "win32") rmSync(socketPath, { force: true });
listenPrivately((incoming, outgoing, asksFirst) => {
  if (shared.pipewrightLean?.(incoming, outgoing)) return;
  if (asksFirst) outgoing.writeContinue();
  handle(incoming, outgoing).catch((error) => {
    console.error("a request could not be answered:", error);
    outgoing.destroy();
  });
}, socketPath);
