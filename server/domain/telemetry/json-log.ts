import { inspect } from "node:util";

const levels = ["debug", "info", "log", "warn", "error"] as const;
const longest = 20_000;
/** The app says of what run it speaks as `run <id>`. */
const runOf = /\brun ([0-9a-f]{8}-[0-9a-f-]{27})\b/;

const textOf = (value: unknown): string => (typeof value === "string" ? value : inspect(value, { depth: 4 }));

/** One line: when, how grave, of which run, and what. */
export const logLine = (level: string, values: readonly unknown[], now: Date): string => {
  const message = values.map(textOf).join(" ").slice(0, longest);
  const [, runId] = runOf.exec(message) ?? [];
  return JSON.stringify({
    time: now.toISOString(),
    level: level === "log" ? "info" : level,
    ...(runId && { runId }),
    message,
  });
};

/** From now on what the process says goes out as lines of JSON: warnings and errors to the error output, all else to the standard one. */
export const writeJsonLogs = (now: () => Date = () => new Date()): void => {
  for (const level of levels) {
    const stream = level === "warn" || level === "error" ? process.stderr : process.stdout;
    console[level] = (...values: unknown[]) => stream.write(`${logLine(level, values, now())}\n`);
  }
};
