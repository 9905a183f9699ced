import { setTimeout as pause } from "node:timers/promises";
import { StartFailure } from "./start-failure.mjs";

const WAIT_MS = 90_000;

/**
 * Waits until the app answers there with success and `isComplete` holds as well.
 * @param {string} url @param {() => boolean} [isComplete]
 */
export async function waitForHealth(url, isComplete = () => true) {
  const giveUpAt = Date.now() + WAIT_MS;
  let last = "it does not accept connections";
  while (Date.now() < giveUpAt) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (response.ok && isComplete()) return;
      last = `it answers ${response.status}`;
    } catch (error) {
      last = error.cause?.message ?? error.message;
    }
    await pause(50);
  }
  throw new StartFailure(`The app did not become ready within ${WAIT_MS / 1000} seconds (${url}: ${last}).`);
}
