import { isRecord } from "@/runtime/node/record";

type Header = (name: string) => string | null;

/** Longer waits than a day are taken for a mistake, or for a date that another unit was written in. */
export const longestWaitMs = 24 * 3_600_000;
/** Characters of a message that are looked at. */
const longestText = 4_000;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const bounded = (milliseconds: number): number | null =>
  Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds <= longestWaitMs ? Math.ceil(milliseconds) : null;

/** `6m0s`, `1h2m3.5s`, `20ms`, `976ms`, `7.66s`: Go's durations, which OpenAI and Groq write. null for anything else. */
export const readDuration = (text: string): number | null => {
  const written = text.trim().toLowerCase();
  if (written === "" || written.length > 40 || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(written)) return null;
  let total = 0;
  for (const [, number, unit] of written.matchAll(/(?<!\d)(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(number) * (unitMs[unit ?? ""] ?? 0);
  }
  return bounded(total);
};

/** A number of seconds, a duration, a date, or the moment in seconds or milliseconds since 1970: as milliseconds from now. */
export const readMoment = (value: string | null, now: number): number | null => {
  const text = value?.trim() ?? "";
  if (text === "" || text.length > 60) return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number > 1e11) return bounded(Math.max(0, number - now));
    if (number > 1e9) return bounded(Math.max(0, number * 1_000 - now));
    return bounded(number * 1_000);
  }
  const duration = readDuration(text);
  if (duration !== null) return duration;
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : bounded(Math.max(0, at - now));
};

/** Milliseconds from `retry-after-ms` or `retry-after`, the headers that say it outright. */
export const readRetryAfter = (header: Header, now: number): number | undefined => {
  const milliseconds = (header("retry-after-ms") ?? "").trim();
  if (/^\d+(?:\.\d+)?$/.test(milliseconds)) return bounded(Number(milliseconds)) ?? undefined;
  return readMoment(header("retry-after"), now) ?? undefined;
};

/** What is left of one kind of allowance, and when it is whole again. */
export interface Allowance {
  readonly remaining: number;
  /** null where the server does not say. */
  readonly limit: number | null;
  /** Milliseconds from now. */
  readonly resetMs: number;
}

/** By kind; null where the server says nothing of it. */
export interface Allowances {
  readonly requests: Allowance | null;
  readonly tokens: Allowance | null;
}

const count = (value: string | null): number | null =>
  value !== null && /^\s*\d{1,15}(?:\.\d+)?\s*$/.test(value) ? Number(value) : null;

/** Names of the headers of one kind: what is left, the limit, when it is whole again. */
type HeaderNames = readonly [remaining: string, limit: string, reset: string];

const named = (prefix: string, kind: string): readonly HeaderNames[] => [
  [`${prefix}remaining-${kind}`, `${prefix}limit-${kind}`, `${prefix}reset-${kind}`],
  [`${prefix}${kind}-remaining`, `${prefix}${kind}-limit`, `${prefix}${kind}-reset`],
];

const plain: readonly HeaderNames[] = ["x-ratelimit-", "ratelimit-", "x-rate-limit-"].map((prefix) => [
  `${prefix}remaining`,
  `${prefix}limit`,
  `${prefix}reset`,
]);

const headerNames: Readonly<Record<keyof Allowances, readonly HeaderNames[]>> = {
  // OpenAI, Groq, Azure; Anthropic; OpenRouter, GitHub and the draft of the IETF, whose numbers are of requests.
  requests: [...named("x-ratelimit-", "requests"), ...named("anthropic-ratelimit-", "requests"), ...plain],
  tokens: [
    ...named("x-ratelimit-", "tokens"),
    ...named("anthropic-ratelimit-", "input-tokens"),
    ...named("anthropic-ratelimit-", "tokens"),
  ],
};

/** What the headers of an answer, good or bad, say of the allowances of its key. */
export const readAllowances = (header: Header, now: number): Allowances => {
  const of = (kind: keyof Allowances): Allowance | null => {
    for (const [remainingName, limitName, resetName] of headerNames[kind]) {
      const remaining = count(header(remainingName));
      if (remaining === null) continue;
      const resetMs = readMoment(header(resetName), now);
      if (resetMs !== null) return { remaining, limit: count(header(limitName)), resetMs };
    }
    return null;
  };
  return { requests: of("requests"), tokens: of("tokens") };
};

const words: Readonly<Record<string, number>> = {
  milliseconds: 1,
  millisecond: 1,
  msecs: 1,
  ms: 1,
  毫秒: 1,
  seconds: 1_000,
  second: 1_000,
  secs: 1_000,
  sec: 1_000,
  s: 1_000,
  秒: 1_000,
  秒钟: 1_000,
  minutes: 60_000,
  minute: 60_000,
  mins: 60_000,
  min: 60_000,
  分钟: 60_000,
  分: 60_000,
  hours: 3_600_000,
  hour: 3_600_000,
  小时: 3_600_000,
  days: 86_400_000,
  day: 86_400_000,
  天: 86_400_000,
};

/** Words before a time that say it is a wait, as people and servers write it. */
const beforeWait =
  /(?:try again|retry|wait|available|reset|resets|请|等待|重试)(?: again)?(?: your request)?(?: (?:in|after|for|at least|about))*[ :：于在至少约]{0,4}/gi;

/** The wait that a sentence names: "try again in 6m0s", "Please retry after 20 seconds", "请在 20 秒后重试". */
export const waitInText = (text: string): number | null => {
  const seen = text.slice(0, longestText);
  for (const match of seen.matchAll(beforeWait)) {
    const rest = seen.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const [, go] = /^((?:\d{1,8}(?:\.\d{1,6})?(?:ms|s|m|h|d)){1,6})(?![a-z\d])/i.exec(rest) ?? [];
    const duration = go === undefined ? null : readDuration(go);
    if (duration !== null) return duration;
    const [, number, unit] = /^(\d{1,8}(?:\.\d{1,6})?) {0,2}([a-z]+|毫秒|秒钟?|分钟?|小时|天)/i.exec(rest) ?? [];
    const factor = words[unit?.toLowerCase() ?? ""];
    if (number !== undefined && factor !== undefined) {
      const milliseconds = bounded(Number(number) * factor);
      if (milliseconds !== null) return milliseconds;
    }
  }
  return null;
};

/** A wait among the fields of an error body: `estimated_time` (seconds), `retry_after`, Google's `retryDelay`. */
const waitInFields = (body: unknown, depth = 0): number | null => {
  if (depth > 4) return null;
  if (Array.isArray(body)) {
    for (const item of body.slice(0, 20)) {
      const found = waitInFields(item, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isRecord(body)) return null;
  for (const [name, value] of Object.entries(body).slice(0, 50)) {
    if (/^(?:estimated_time|retry_?after|retryDelay|retry_?after_?seconds)$/i.test(name)) {
      const found =
        typeof value === "number" ? bounded(value * 1_000) : typeof value === "string" ? readMoment(value, 0) : null;
      if (found !== null) return found;
    }
  }
  for (const name of ["error", "details", "metadata", "detail", "parameters"]) {
    const found = waitInFields(body[name], depth + 1);
    if (found !== null) return found;
  }
  return null;
};

/** The wait that an error body asks for, in its fields or in its sentence; undefined where it names none. */
export const waitInBody = (body: unknown, sentence: string): number | undefined =>
  waitInFields(body) ?? waitInText(sentence) ?? undefined;

export interface StatedLimit {
  readonly of: keyof Allowances;
  readonly perMinute: number;
  /** What the refused request alone would have taken; null where it is not said. */
  readonly requested: number | null;
}

/** "on tokens per min (TPM): Limit 10000, Used 9953, Requested 500." null where no limit a minute is named. */
export const limitInText = (text: string): StatedLimit | null => {
  const seen = text.slice(0, longestText);
  const isTokens = /\b(?:tokens? per min|TPM\b)/i.test(seen);
  const isRequests = /\b(?:requests? per min|RPM\b)/i.test(seen);
  const limit = /\blimit:? {0,2}(\d{1,12})\b/i.exec(seen)?.[1];
  if (!(isTokens || isRequests) || limit === undefined || Number(limit) < 1) return null;
  const requested = /\brequested:? {0,2}(\d{1,12})\b/i.exec(seen)?.[1];
  return {
    of: isTokens ? "tokens" : "requests",
    perMinute: Number(limit),
    requested: requested === undefined ? null : Number(requested),
  };
};
