import { megabytes } from "./ensure-models.mjs";

/** @import { Progress } from "./ensure-models.mjs" */

const BAR = 24;
const REDRAW_MS = 100;

/**
 * Shows the progress of `ensureModels`: one line redrawn in a terminal, plain lines in a log.
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} output @param {() => number} now milliseconds
 * @returns {(progress: Progress) => void}
 */
export function showProgress(output, now = Date.now) {
  let drawnAt = 0;
  let lastTenth = 0;
  /** @type {{ at: number, bytes: number } | undefined} */
  let start;
  const clear = output.isTTY ? "\r\u001b[2K" : "";

  return (progress) => {
    const { phase, title, bytesDone, bytesTotal } = progress;
    if (phase === "ready") return void output.write(`${clear}  ${title.en}: ready\n`);
    if (phase === "failed") return void output.write(`${clear}  ${title.en}: not available\n`);
    if (phase === "waiting")
      return void output.write(`${clear}  ${title.en}: another process is fetching it, waiting\n`);
    if (phase === "checking") return void output.write(`${clear}  ${title.en}: checking\n`);

    start ??= { at: now(), bytes: bytesDone };
    const share = bytesTotal > 0 ? bytesDone / bytesTotal : 1;
    const amounts = `${Math.floor(share * 100)} %  ${megabytes(bytesDone)} of ${megabytes(bytesTotal)}`;
    if (!output.isTTY) {
      const tenth = Math.floor(share * 10);
      if (tenth > lastTenth) output.write(`  models: ${amounts}\n`);
      lastTenth = Math.max(lastTenth, tenth);
      return;
    }
    if (now() - drawnAt < REDRAW_MS) return;
    drawnAt = now();
    const seconds = (now() - start.at) / 1000;
    const speed = seconds > 0.5 ? `  ${megabytes((bytesDone - start.bytes) / seconds)}/s` : "";
    const filled = Math.round(share * BAR);
    const line = `  ${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${amounts}${speed}  ${title.en}`;
    output.write(`${clear}${line.slice(0, (output.columns ?? 100) - 1)}`);
  };
}
