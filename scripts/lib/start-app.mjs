import path from "node:path";
import { checkPort, isLoopback, localUrl } from "./address.mjs";
import { build, isBuilt } from "./build.mjs";
import { closeDataFolder, dataFolderLine } from "./data-folder.mjs";
import { checkDiskSpace } from "./disk-space.mjs";
import { encryptionKey } from "./encryption-key.mjs";
import { install, isInstalled } from "./install.mjs";
import { writeNodesIndex } from "./nodes-index.mjs";
import { readOptions, usage } from "./options.mjs";
import { generatePrismaClient, isPrismaClientFresh } from "./prisma-client.mjs";
import { inProject } from "./project.mjs";
import { appService, appSockets, databaseService, frontService, modelService, readyMark } from "./services.mjs";
import { StartFailure } from "./start-failure.mjs";
import { createStatusLine } from "./status-line.mjs";
import { ChildFailure, createSupervisor } from "./supervisor.mjs";
import { waitForHealth } from "./wait-for-health.mjs";

/** @import { StartOptions } from "./options.mjs" */
/** @import { StatusLine } from "./status-line.mjs" */
/** @import { Supervisor } from "./supervisor.mjs" */

/** Room for the database and its logs. */
const DATA_MB = 200;
/** Ending usually takes no longer; where it does, the reason is told. */
const SAY_SO_MS = 1_000;

/**
 * Fetches weights while other things go on.
 * @param {StatusLine} status @param {string} title @param {"first" | "late"} which what the app begins with, or what is large
 * @returns {Promise<string[]>} what to tell about those not to be had
 */
async function fetchModels(status, title, which) {
  const { ensureModels, missingLines } = await import("../models/fetch.mjs");
  const { firstModels, lateModels } = await import("../../model-server/manifest/manifest.mjs");
  let begun = false;
  /** @type {(all: boolean) => void} */
  let settle = () => {};
  const fetched = ensureModels({
    only: which === "first" ? firstModels : lateModels,
    onProgress: ({ phase, bytesDone, bytesTotal }) => {
      if (!begun && phase === "downloading") {
        begun = true;
        const outcome = new Promise((resolve, reject) => {
          settle = (all) => (all ? resolve(undefined) : reject(new Error("some are missing")));
        });
        // What is missing is told in full at the end.
        status.during(title, () => outcome).catch(() => {});
      }
      if (begun && bytesTotal > 0) {
        status.detail(title, `${Math.floor((100 * bytesDone) / bytesTotal)} % of ${Math.round(bytesTotal / 1e6)} MB`);
      }
    },
  });
  try {
    const { missing } = await fetched;
    settle(missing.length === 0);
    return missingLines(missing);
  } catch (error) {
    settle(false);
    throw error;
  }
}

/** Packages, generated files and the build, each only where it is missing or stale. @param {StartOptions} options @param {StatusLine} status */
async function prepare({ dev }, status) {
  // A contributor has the packages for tests and checks too; they are not taken away again.
  if (!isInstalled({ withDev: dev })) {
    await status.during("Installing packages", () => install({ withDev: dev }));
  }
  if (!isPrismaClientFresh()) await status.during("Generating the database client", generatePrismaClient);
  if (dev) await writeNodesIndex();
  else if (!(await isBuilt())) await status.during("Building the app", () => build());
}

/** @param {StartOptions} options @param {StatusLine} status */
async function run(options, status) {
  const { host, port } = options;
  const dataFolder = path.resolve(process.env.PIPEWRIGHT_DATA || inProject(".data"));
  await checkPort(host, port);
  await checkDiskSpace(dataFolder, DATA_MB, "the database");
  const closed = await closeDataFolder(dataFolder);

  const fetched = options.models ? fetchModels(status, "Fetching models", "first") : Promise.resolve([]);
  // Awaited below, after what may fail before it.
  fetched.catch(() => {});
  await prepare(options, status);

  /** @param {number} code */
  const end = async (code) => {
    await supervisor.stop();
    process.exit(code);
  };
  const supervisor = createSupervisor({
    onGiveUp: (failure) => {
      console.error(`\n${failure.message}\nPipewright ends.`);
      void end(1);
    },
    onRestart: (line) => console.error(line),
  });
  let ending = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (ending) {
        supervisor.kill();
        process.exit(1);
      }
      ending = true;
      const words = "Pipewright ends when the runs under way have been answered; asked again, it ends at once.";
      setTimeout(() => console.error(words), SAY_SO_MS).unref();
      void end(0);
    });
  }

  try {
    /** @type {NodeJS.ProcessEnv} */
    const environment = {
      PIPEWRIGHT_DATA: dataFolder,
      ...(await encryptionKey(dataFolder)),
      ...(options.newKey && { PIPEWRIGHT_ACCEPT_NEW_KEY: "1" }),
      ...(options.link && { PIPEWRIGHT_PRINT_LINK: "1" }),
    };
    const endpoint = options.models ? await modelService() : undefined;
    Object.assign(environment, endpoint?.environment);
    // It reads the weights, so it comes after them; the app does not wait for either.
    const modelsReady = fetched.then(async (missing) => {
      if (endpoint) await supervisor.start(endpoint.spec);
      return missing;
    });
    modelsReady.catch(() => {});
    /** @type {Promise<void>} */
    let opened = Promise.resolve();
    if (!process.env.DATABASE_URL) {
      const database = await databaseService(dataFolder, { bundled: !options.dev });
      Object.assign(environment, database.environment);
      opened = supervisor.start(database.spec);
    }
    if (options.dev) await opened;
    // The interface takes as long to load as the database to open; it waits where it is sooner.
    await Promise.all([opened, startServer(options, environment, supervisor, status)]);
    status.print(dataFolderLine(dataFolder, closed));
    supervisor.bePatient();
    const first = await modelsReady;
    // Only now: nothing that the app begins with waits for it.
    const late = endpoint ? await fetchModels(status, "Fetching the language model", "late") : [];
    const missing = [...first, ...late];
    if (missing.length > 0) {
      status.print(
        `\nWithout these models the embedded endpoint cannot do all of its work; other endpoints can:\n${missing.join("\n")}`,
      );
    }
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

/**
 * Starts the app, waits until it answers, and tells where.
 * @param {StartOptions} options @param {NodeJS.ProcessEnv} environment @param {Supervisor} supervisor @param {StatusLine} status
 */
async function startServer({ dev, host, port }, environment, supervisor, status) {
  /** @type {string | undefined} */
  let link;
  let isUp = false;
  const showLink = () =>
    status.print(
      link
        ? `Sign in              ${link}   (single use, 15 minutes)`
        : "Sign in              with your e-mail and password   (lost? end this and start with: npm start -- --link)",
    );
  const sockets = dev ? {} : await appSockets();
  const started = supervisor.start(
    appService({
      dev,
      host,
      port,
      environment: { ...environment, ...sockets },
      onOutput: (line) => {
        const ready = readyMark.exec(line);
        if (ready) {
          link = ready[1] ?? "";
          // A restarted app makes a new link, and the one before it no longer works.
          if (isUp && link) showLink();
        } else if (dev) status.print(line);
      },
      onError: (line) => console.error(line),
    }),
  );
  // It loads meanwhile, and waits for the interface, which makes the database what it expects.
  const both = { ...environment, ...sockets };
  const front = dev
    ? null
    : supervisor.start(frontService({ host, port, environment: both, onError: (line) => console.error(line) }));
  await Promise.all([started, front]);
  await waitForHealth(`${localUrl(host, port)}/api/health`, () => link !== undefined);
  isUp = true;
  status.print(`\nPipewright is ready  ${localUrl(host, port)}`);
  showLink();
  if (!isLoopback(host)) {
    status.print(
      `\nWarning: --host ${host} lets other machines reach this app. Everything they send travels unencrypted; put a proxy with TLS in\nfront of it, and set PIPEWRIGHT_URL to the address that people use.`,
    );
  }
}

/** @param {readonly string[]} words of the command line */
export async function start(words) {
  try {
    const options = readOptions(words);
    if (options.help) return console.log(usage);
    await run(options, createStatusLine(process.stdout));
  } catch (error) {
    const expected = error instanceof StartFailure || error instanceof ChildFailure;
    console.error(`\n${expected ? error.message : error.stack}`);
    process.exit(1);
  }
}
