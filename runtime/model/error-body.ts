import { isRecord } from "@/runtime/node/record";

export interface ErrorBody {
  /** All that the body says, in its own words; empty where it says nothing. */
  readonly text: string;
  readonly code: string;
  /** The HTTP status that it names itself; null where it names none. */
  readonly status: number | null;
}

/** Where servers and the gateways before them put the sentence, and where they wrap another server's answer. */
const sentences = [
  "message",
  "detail",
  "details",
  "msg",
  "error_msg",
  "errorMessage",
  "status_msg",
  "description",
  "title",
  "reason",
];
const wrappers = [
  "error",
  "errors",
  "cause",
  "metadata",
  "raw",
  "innererror",
  "inner_error",
  "base_resp",
  "provider_error",
  "body",
];
const codes = ["code", "type", "error_type", "error_code", "param"];
const deepest = 6;
const mostParts = 8;
const longest = 8_000;

/** A body that another server's body was written into as a text. */
const unwrapped = (text: string): unknown => {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed);
  } catch {
    return text;
  }
};

/** "body.seed: Extra inputs are not permitted", as FastAPI and pydantic say it. */
const located = ({ loc, msg }: Record<string, unknown>): string | null =>
  typeof msg === "string" ? `${Array.isArray(loc) ? `${loc.join(".")}: ` : ""}${msg}` : null;

const partsOf = (value: unknown, depth: number): readonly string[] => {
  if (depth > deepest) return [];
  if (typeof value === "string") {
    const inner = unwrapped(value);
    return typeof inner === "string" ? [inner.trim()] : partsOf(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.slice(0, mostParts).flatMap((item) => partsOf(item, depth + 1));
  if (!isRecord(value)) return [];
  const own = located(value);
  if (own !== null) return [own];
  return [...sentences, ...wrappers].flatMap((key) => (key in value ? partsOf(value[key], depth + 1) : []));
};

const codesOf = (value: unknown, depth: number): readonly string[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.slice(0, mostParts).flatMap((item) => codesOf(item, depth + 1));
  if (typeof value === "string") {
    const inner = unwrapped(value);
    return typeof inner === "string" ? [] : codesOf(inner, depth + 1);
  }
  if (!isRecord(value)) return [];
  const own = codes.map((key) => value[key]).filter((code): code is string => typeof code === "string" && code !== "");
  return [...own, ...[...wrappers, "message"].flatMap((key) => (key in value ? codesOf(value[key], depth + 1) : []))];
};

const statusOf = (value: unknown, depth = 0): number | null => {
  if (depth > deepest || !isRecord(value)) return null;
  for (const key of ["code", "status", "status_code", "statusCode"]) {
    const number = Number(value[key] ?? Number.NaN);
    if (Number.isInteger(number) && number >= 400 && number < 600) return number;
  }
  for (const key of wrappers) {
    const status = statusOf(value[key], depth + 1);
    if (status !== null) return status;
  }
  return null;
};

/** What an error body says, whichever server wrote it and however many others it is wrapped in: each sentence once, outermost first. */
export const readErrorBody = (body: unknown): ErrorBody => {
  const said: string[] = [];
  for (const part of partsOf(body, 0)) {
    if (part !== "" && !said.some((before) => before.includes(part))) said.push(part);
  }
  return {
    text: said.slice(0, mostParts).join("; ").slice(0, longest),
    code: [...new Set(codesOf(body, 0))].join(" ").slice(0, 400),
    status: statusOf(body),
  };
};
