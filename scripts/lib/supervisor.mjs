import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { project } from "./project.mjs";

/**
 * @typedef {object} ChildSpec
 * @property {string} name shown to the user
 * @property {readonly string[]} parameters of this same Node
 * @property {NodeJS.ProcessEnv} environment
 * @property {(line: string) => boolean} [isReady] of its standard output; without it the child is ready once it was started
 * @property {(line: string) => void} [onOutput] each line of its standard output
 * @property {(line: string) => void} [onError] each line of its standard error
 * @property {readonly number[]} [finalStatuses] exit statuses after which another start would end the same way
 *
 * @typedef {object} Timing
 * @property {number} graceMs from asking a child to end to making it
 * @property {number} firstDelayMs before the first restart; doubled for each that follows
 * @property {number} maxDelayMs of the first `maxExits` restarts in a row
 * @property {number} maxExits in a row, before it was said that all is up, after which all is ended; later ones wait longer and longer
 * @property {number} longestDelayMs
 * @property {number} steadyMs so long a child has to stay up for its earlier exits to be forgotten
 */

/** @type {Timing} */
const defaults = {
  graceMs: 9_000,
  firstDelayMs: 250,
  maxDelayMs: 5_000,
  maxExits: 5,
  longestDelayMs: 60_000,
  steadyMs: 60_000,
};
const KEPT_LINES = 30;

/** A child that will not stay up. */
export class ChildFailure extends Error {
  /** @param {string} name @param {string} how @param {readonly string[]} lastLines */
  constructor(name, how, lastLines) {
    super([`${name} ${how}.`, ...lastLines.map((line) => `  ${line}`)].join("\n"));
  }
}

/**
 * Keeps processes running: starts them, starts again one that died, ends them in the opposite order. Every child's standard input is held open; it
 * closes when this process ends in whatever way, and the children end with it.
 * @param {{ onGiveUp: (failure: ChildFailure) => void, onRestart?: (line: string) => void, timing?: Partial<Timing> }} options
 */
export function createSupervisor({ onGiveUp, onRestart = () => {}, timing = {} }) {
  const { graceMs, firstDelayMs, maxDelayMs, maxExits, longestDelayMs, steadyMs } = { ...defaults, ...timing };
  /** @type {{ stop: () => Promise<void>, kill: () => void }[]} */
  let children = [];
  let patient = false;
  /** @type {Promise<void> | undefined} */
  let stopping;

  const stopAll = async () => {
    for (const child of [...children].reverse()) await child.stop();
    children = [];
  };

  /** Milliseconds until the next start after so many exits in a row. @param {number} exits */
  const delayAfter = (exits) =>
    exits <= maxExits
      ? Math.min(firstDelayMs * 2 ** (exits - 1), maxDelayMs)
      : Math.min(maxDelayMs * 2 ** Math.min(exits - maxExits, 20), longestDelayMs);

  /** @param {ChildSpec} spec @returns {Promise<void>} settles when it is ready for the first time */
  const start = (spec) =>
    new Promise((resolve, reject) => {
      /** @type {import("node:child_process").ChildProcess | undefined} */
      let running;
      /** @type {NodeJS.Timeout | undefined} */
      let delay;
      let exits = 0;
      let launchedAt = 0;
      let isUp = false;
      /** @type {string[]} */
      const lastLines = [];

      const up = () => {
        isUp = true;
        resolve();
      };

      /** @param {string} how */
      const giveUp = (how) => {
        const failure = new ChildFailure(spec.name, how, spec.onError ? [] : lastLines);
        if (isUp) onGiveUp(failure);
        else reject(failure);
      };

      const launch = () => {
        launchedAt = Date.now();
        const child = spawn(process.execPath, spec.parameters, {
          cwd: project,
          env: spec.environment,
          stdio: ["pipe", "pipe", "pipe"],
          // Its own group: Ctrl-C then reaches only this process, which ends the others in order.
          detached: process.platform !== "win32",
          windowsHide: true,
        });
        running = child;
        // Writing to a child that just died is no news: its exit is.
        child.stdin.on("error", () => {});
        createInterface({ input: child.stdout }).on("line", (line) => {
          spec.onOutput?.(line);
          if (!isUp && spec.isReady?.(line)) up();
        });
        createInterface({ input: child.stderr }).on("line", (line) => {
          lastLines.push(line);
          if (lastLines.length > KEPT_LINES) lastLines.shift();
          spec.onError?.(line);
        });
        child.once("error", (error) => giveUp(`could not be started: ${error.message}`));
        child.once("exit", (status, signal) => {
          if (stopping) return;
          const how = signal ? `was ended by ${signal}` : `ended with status ${status}`;
          exits = Date.now() - launchedAt < steadyMs ? exits + 1 : 1;
          if (spec.finalStatuses?.includes(status ?? -1)) return giveUp(how);
          if (exits >= maxExits && !patient) return giveUp(`${how}, for the ${exits}th time in a row`);
          const waitMs = delayAfter(exits);
          onRestart(
            exits <= maxExits
              ? `${spec.name} ${how}; it is started again.`
              : `${spec.name} ${how}, for the ${exits}th time in a row; it is started again in ${Math.ceil(waitMs / 1000)} s.`,
          );
          delay = setTimeout(launch, waitMs);
        });
        if (!spec.isReady && !isUp) child.once("spawn", up);
      };

      children.push({
        kill: () => {
          clearTimeout(delay);
          running?.kill("SIGKILL");
        },
        stop: () =>
          new Promise((done) => {
            clearTimeout(delay);
            if (!running || running.exitCode !== null || running.signalCode !== null) return done();
            const force = setTimeout(() => running?.kill("SIGKILL"), graceMs);
            running.once("exit", () => {
              clearTimeout(force);
              done();
            });
            // Windows knows no SIGTERM: there the closing input is the request.
            running.stdin?.end();
            if (process.platform !== "win32") running.kill("SIGTERM");
          }),
      });
      launch();
    });

  return {
    start,
    /** Ends all children, the last started first; settles when all are gone, also when it is called again meanwhile. */
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
    /** Ends all children at once, whatever they do. */
    kill() {
      stopping ??= Promise.resolve();
      for (const child of children) child.kill();
    },
    /** All is up: from now on nothing is given up because it does not stay up. */
    bePatient() {
      patient = true;
    },
  };
}

/** @typedef {ReturnType<typeof createSupervisor>} Supervisor */
