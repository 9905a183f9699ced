import { webLimits } from "@/runtime/capability/web/contract";

const firstWaitMs = 250;
const longestWaitMs = 8_000;

/** Milliseconds before the next request, after `failed` that did not help; null where there is none. A server that says how long is waited for. */
export const retryWait = (
  failed: number,
  retries: number,
  retryAfter: string | null,
  now: () => number = Date.now,
): number | null => {
  if (failed >= retries) return null;
  const asked = readRetryAfter(retryAfter, now());
  if (asked !== null && asked > webLimits.longestRetryAfterSeconds * 1000) return null;
  return Math.max(asked ?? 0, Math.min(longestWaitMs, firstWaitMs * 2 ** failed));
};

/** Seconds, or a date (RFC 9110, 10.2.3), as milliseconds from now. */
export const readRetryAfter = (text: string | null, now: number): number | null => {
  if (text === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

/** Rejects with the signal's reason. */
export const waitFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
