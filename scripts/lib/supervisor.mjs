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
 * @property {number} maxDelayMs
 * @property {number} maxExits within `windowMs`, after which all is ended
 * @property {number} windowMs
 */

/** @type {Timing} */
const defaults = { graceMs: 8_000, firstDelayMs: 250, maxDelayMs: 5_000, maxExits: 5, windowMs: 60_000 };
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
 * @param {{ onGiveUp: (failure: ChildFailure) => void, onRestart?: (name: string, how: string) => void, timing?: Partial<Timing> }} options
 */
export function createSupervisor({ onGiveUp, onRestart = () => {}, timing = {} }) {
  const { graceMs, firstDelayMs, maxDelayMs, maxExits, windowMs } = { ...defaults, ...timing };
  /** @type {{ stop: () => Promise<void> }[]} */
  const children = [];
  /** @type {Promise<void> | undefined} */
  let stopping;

  const stopAll = async () => {
    for (const child of children.splice(0).reverse()) await child.stop();
  };

  /** @param {ChildSpec} spec @returns {Promise<void>} settles when it is ready for the first time */
  const start = (spec) =>
    new Promise((resolve, reject) => {
      /** @type {import("node:child_process").ChildProcess | undefined} */
      let running;
      /** @type {NodeJS.Timeout | undefined} */
      let delay;
      /** @type {number[]} */
      let exits = [];
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
          const now = Date.now();
          exits = [...exits.filter((at) => now - at < windowMs), now];
          if (spec.finalStatuses?.includes(status ?? -1)) return giveUp(how);
          if (exits.length >= maxExits) return giveUp(`${how}, for the ${exits.length}th time in a minute`);
          onRestart(spec.name, how);
          delay = setTimeout(launch, Math.min(firstDelayMs * 2 ** (exits.length - 1), maxDelayMs));
        });
        if (!spec.isReady && !isUp) child.once("spawn", up);
      };

      children.push({
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
  };
}

/** @typedef {ReturnType<typeof createSupervisor>} Supervisor */
