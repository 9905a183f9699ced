import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Between two looks. */
const LOOK_MS = 20;

/** @param {() => boolean | Promise<boolean>} isThere @param {string} what @param {number} waitMs */
async function until(isThere, what, waitMs) {
  const giveUpAt = performance.now() + waitMs;
  while (!(await isThere())) {
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come within ${waitMs / 1000} s.`);
    await pause(LOOK_MS);
  }
}

/** @param {string} address @returns {Promise<boolean>} */
const accepts = (address) =>
  new Promise((resolve) => {
    const probe = connect(address);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });

/**
 * Waits until a process of the app accepts connections at its socket: those that need each other are started together.
 * @param {string} address @param {string} what of messages @param {number} [waitMs]
 */
export const untilAccepts = (address, what, waitMs = 60_000) => until(() => accepts(address), what, waitMs);

/**
 * Waits until it has listened there once; whether it still does is no matter.
 * @param {string} address @param {string} what of messages @param {number} [waitMs]
 */
export const untilListened = (address, what, waitMs = 60_000) => until(() => existsSync(address), what, waitMs);
