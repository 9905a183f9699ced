import { randomBytes } from "node:crypto";
import path from "node:path";
import { freePort } from "./address.mjs";
import { programs } from "./bundle.mjs";
import { inProject } from "./project.mjs";
import { createSocketAddress } from "./socket-address.mjs";

/** @import { ChildSpec } from "./supervisor.mjs" */

/** What the interface says when it is ready, with the link that signs its owner in where it made one. */
export const readyMark = /^pipewright:ready ?(\S*)$/;

const typescript = ["--import", "tsx"];

/** The status of the database process when another process has its folder. */
const FOLDER_IN_USE = 75;

/** The status of the app when something has to be put right first, such as a lost encryption key. */
const START_REFUSED = 78;

/**
 * The embedded database.
 * @param {string} dataFolder
 * @param {{ bundled: boolean }} options whether from what the build made of it, which starts sooner and takes less memory, or from its sources
 * @returns {Promise<{ spec: ChildSpec, environment: NodeJS.ProcessEnv }>} and what the app has to know of it
 */
export async function databaseService(dataFolder, { bundled }) {
  const socket = await createSocketAddress();
  const { source, file } = programs.database;
  const program = bundled ? [file] : [...typescript, inProject(...source.split("/"))];
  return {
    spec: {
      name: "The embedded database",
      parameters: [...program, path.join(dataFolder, "database"), socket],
      environment: process.env,
      isReady: (line) => line === "ready",
      finalStatuses: [FOLDER_IN_USE],
    },
    environment: { PIPEWRIGHT_DATABASE_SOCKET: socket },
  };
}

/**
 * The embedded model endpoint, behind a key that only the app knows.
 * @returns {Promise<{ spec: ChildSpec, environment: NodeJS.ProcessEnv }>} and what the app has to know of it
 */
export async function modelService() {
  const port = await freePort();
  const key = process.env.PIPEWRIGHT_LOCAL_ENDPOINT_KEY || randomBytes(24).toString("base64url");
  const main = inProject("model-server", "main.ts");
  return {
    spec: {
      name: "The embedded model endpoint",
      parameters: [...typescript, main, "--port", String(port), "--parent-stdin"],
      environment: { ...process.env, PIPEWRIGHT_LOCAL_ENDPOINT_KEY: key },
    },
    environment: {
      PIPEWRIGHT_LOCAL_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      PIPEWRIGHT_LOCAL_ENDPOINT_KEY: key,
    },
  };
}

const preloaded = [
  new URL("./private-files.mjs", import.meta.url),
  new URL("./end-with-parent.mjs", import.meta.url),
  new URL("./collect-early.mjs", import.meta.url),
].flatMap(({ href }) => ["--import", href]);

/** Where the processes of the app meet: the interface listens on the one socket, and tells what has changed on the other. */
export async function appSockets() {
  return {
    PIPEWRIGHT_INTERFACE_SOCKET: await createSocketAddress(),
    PIPEWRIGHT_FRONT_SOCKET: await createSocketAddress(),
  };
}

/**
 * The process that the app is reached by: it answers published pipelines, and passes all else on to the interface.
 * @param {{ host: string, port: number, environment: NodeJS.ProcessEnv, onError: (line: string) => void }} options
 * @returns {ChildSpec}
 */
export function frontService({ host, port, environment, onError }) {
  return {
    name: "The process of published pipelines",
    parameters: [...preloaded, "--enable-source-maps", programs.front.file],
    environment: {
      ...process.env,
      ...environment,
      NODE_ENV: "production",
      PIPEWRIGHT_PARENT_STDIN: "1",
      PIPEWRIGHT_HOST: host,
      PORT: String(port),
    },
    isReady: (line) => line === "ready",
    onError,
  };
}

/**
 * The interface; in development the whole app.
 * @param {{ dev: boolean, host: string, port: number, environment: NodeJS.ProcessEnv, onOutput: (line: string) => void,
 *   onError: (line: string) => void }} options
 * @returns {ChildSpec}
 */
export function appService({ dev, host, port, environment, onOutput, onError }) {
  const program = dev
    ? [inProject("node_modules", "next", "dist", "bin", "next"), "dev", "--hostname", host, "--port", String(port)]
    : [inProject("scripts", "serve.mjs")];
  return {
    name: "The app",
    parameters: [...preloaded, ...program],
    environment: {
      ...process.env,
      ...environment,
      NODE_ENV: dev ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PIPEWRIGHT_PARENT_STDIN: "1",
      PIPEWRIGHT_HOST: host,
      PORT: String(port),
    },
    onOutput,
    onError,
    // In development nothing waits for it but whoever asks for its health.
    ...(!dev && { isReady: (line) => readyMark.test(line) }),
    finalStatuses: [START_REFUSED],
  };
}
