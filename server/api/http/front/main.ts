// The process that the app is reached by in production: it answers published pipelines itself, without the framework, and passes all else on to the
// process of the interface, but for the scripts and styles that the build packed beside this program (.next/static). It reads PIPEWRIGHT_HOST, PORT, PIPEWRIGHT_INTERFACE_SOCKET and PIPEWRIGHT_FRONT_SOCKET.
import path from "node:path";
import { listenPublicly } from "@/scripts/lib/public-server.mjs";
import { untilListened } from "@/scripts/lib/wait-for-socket.mjs";
import { forwardTo } from "./forward";
import { packedAssets } from "./packed-assets";
import { startFront } from "./start-front";

/** The line that the start script waits for. */
const readyLine = "ready";

const take = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the app is started by npm start.`);
  delete process.env[name];
  return value;
};

try {
  const socket = take("PIPEWRIGHT_INTERFACE_SOCKET");
  const forward = forwardTo(socket);
  await untilListened(socket, "The interface");
  const door = await startFront(take("PIPEWRIGHT_FRONT_SOCKET"));
  const assets = await packedAssets(path.join(import.meta.dirname, "..", "static"));
  const hostname = process.env.PIPEWRIGHT_HOST || "127.0.0.1";
  const port = Number(process.env.PORT) || 3000;
  await listenPublicly(
    (incoming, outgoing) => {
      if (!assets(incoming, outgoing) && !door(incoming, outgoing)) forward(incoming, outgoing);
    },
    { hostname, port },
  );
  process.stdout.write(`${readyLine}\n`);
} catch (error) {
  console.error("Pipewright could not start:", error);
  process.exit(1);
}
