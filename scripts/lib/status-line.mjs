/**
 * Tells what is going on, several things at a time: in a terminal as one line that is redrawn, in a log as a line for each beginning and end.
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} output
 * @param {() => number} [now] milliseconds
 */
export function createStatusLine(output, now = Date.now) {
  /** @type {Map<string, { since: number, detail: string }>} */
  const active = new Map();
  const clear = output.isTTY ? "\r\u001b[2K" : "";
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const draw = () => {
    if (!output.isTTY || active.size === 0) return;
    const parts = [...active].map(([title, { since, detail }]) => {
      const seconds = Math.round((now() - since) / 1000);
      return `${title} ${detail || `${seconds} s`}`;
    });
    output.write(`${clear}  ${parts.join("  ·  ")}`.slice(0, (output.columns ?? 100) + clear.length - 1));
  };

  /** @param {string} text */
  const print = (text) => {
    output.write(`${clear}${text}\n`);
    draw();
  };

  return {
    print,
    /** @param {string} title @param {string} detail shown instead of the seconds */
    detail(title, detail) {
      const entry = active.get(title);
      if (entry) entry.detail = detail;
    },
    /** @template T @param {string} title @param {() => Promise<T>} work @returns {Promise<T>} */
    async during(title, work) {
      const since = now();
      active.set(title, { since, detail: "" });
      if (output.isTTY) {
        timer ??= setInterval(draw, 200);
        timer.unref();
        draw();
      } else print(`${title} …`);
      try {
        const result = await work();
        active.delete(title);
        print(`${title} done in ${((now() - since) / 1000).toFixed(1)} s`);
        return result;
      } catch (error) {
        active.delete(title);
        print(`${title} failed`);
        throw error;
      } finally {
        if (active.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
  };
}

/** @typedef {ReturnType<typeof createStatusLine>} StatusLine */
