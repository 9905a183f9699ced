import { type JsonNote, LenientJson, type LenientValue } from "./lenient-json";
import { splitThinking } from "./thinking-splitter";

export const replyJsonLimits = {
  length: 1_000_000,
  depth: 100,
  /** Characters looked at in all, for each of the reply: one that begins JSON again and again is given up. */
  workPerCharacter: 12,
  /** Places where JSON seems to begin and does not. */
  falseStarts: 10_000,
} as const;

export interface ReadJson {
  readonly value: unknown;
  /** What stood around the JSON and was left out; null where the reply was JSON as it came. */
  readonly repair: "thinking" | "code fence" | "surrounding text" | null;
  /** What of it had to be read leniently; empty for strict JSON. */
  readonly notes: readonly JsonNote[];
  /** Paths of numbers that were kept as text, because a number would have lost digits. */
  readonly longNumbers: readonly string[];
}

export interface NoJson {
  /** `cut`: it was not complete. `unfit`: there was JSON, but none that fits. */
  readonly kind: "empty" | "too-long" | "none" | "cut" | "unfit" | "deep";
  /** English sentence. */
  readonly message: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: ReadJson }
  | { readonly ok: false; readonly error: NoJson };

export interface ReadJsonOptions {
  /** What is wrong with a value, as the end of an English sentence; null where it fits. Left out: anything fits. */
  readonly problemOf?: (value: unknown) => string | null;
}

interface Candidate extends LenientValue {
  /** Stands in a code fence that is no JSON, such as a shell command. */
  readonly inOtherCode: boolean;
  readonly inFence: boolean;
}

const dataFences = new Set([
  "",
  "json",
  "json5",
  "jsonc",
  "jsonl",
  "ndjson",
  "text",
  "txt",
  "plaintext",
  "output",
  "answer",
  "result",
]);
const landmark = /[{[]|^[ \t]*(?:```|~~~)[^\n]*$/gmu;

interface Found {
  readonly candidates: readonly Candidate[];
  /** Where a list or an object began that the text ends within. */
  readonly open: { readonly inOtherCode: boolean } | null;
  readonly isDeep: boolean;
  readonly isTangled: boolean;
}

/** Every list and object in a text that is not part of another, in order. */
const findCandidates = (text: string): Found => {
  const parser = new LenientJson(text, replyJsonLimits.depth);
  const mostWork = 10_000 + text.length * replyJsonLimits.workPerCharacter;
  const candidates: Candidate[] = [];
  let fence: string | null = null;
  let isDeep = false;
  let falseStarts = 0;
  const place = () => ({ inFence: fence !== null, inOtherCode: fence !== null && !dataFences.has(fence) });
  landmark.lastIndex = 0;
  for (let found = landmark.exec(text); found !== null; found = landmark.exec(text)) {
    const [mark] = found;
    if (mark !== "{" && mark !== "[") {
      const language = mark.trim().slice(3).trim().toLowerCase();
      // Some models begin the JSON on the line of the fence itself.
      const inline = mark.search(/[{[]/);
      if (inline >= 0) landmark.lastIndex = found.index + inline;
      fence = fence === null ? (language.match(/^[a-z0-9+#-]*/)?.[0] ?? "") : null;
      continue;
    }
    const read = parser.read(found.index);
    if (!read.ok) falseStarts += 1;
    if (parser.work > mostWork || falseStarts > replyJsonLimits.falseStarts)
      return { candidates, open: null, isDeep, isTangled: true };
    if (read.ok) {
      candidates.push({ ...read.value, ...place() });
      landmark.lastIndex = read.value.end;
      continue;
    }
    const { reason, at, within } = read.error;
    isDeep ||= reason === "deep";
    if (
      reason === "end" &&
      text
        .slice(found.index + 1)
        .replaceAll("`", "")
        .trim() !== ""
    ) {
      return { candidates, open: place(), isDeep, isTangled: false };
    }
    // A bracket of the prose around JSON: "[see {…} below]".
    if (mark === "[") for (const each of within) candidates.push({ ...each, ...place() });
    const last = within.at(-1)?.end ?? 0;
    landmark.lastIndex = Math.max(found.index + 1, mark === "[" ? last : 0, resumeAt(text, found.index, at));
  }
  return { candidates, open: null, isDeep, isTangled: false };
};

/** Where to look on after a failure: behind it, or within the text that stood before it, which may have swallowed the beginning of the JSON. */
const resumeAt = (text: string, from: number, at: number): number => {
  const passed = text.slice(from + 1, at);
  const next = Math.max(passed.lastIndexOf("{"), passed.lastIndexOf("["));
  return next < 0 ? at : from + 1 + next;
};

const isWholeNumberList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => Number.isInteger(each) && Math.abs(each as number) < 1000);
const isMark = ({ value, inFence }: Candidate): boolean =>
  !inFence &&
  (isWholeNumberList(value) || (typeof value === "object" && value !== null && Object.keys(value).length === 0));

/** Best first: the last one wins, but for what stands in other code, and, where anything fits, for the marks of notes. */
const inOrder = (candidates: readonly Candidate[], anythingFits: boolean): readonly Candidate[] => {
  const rank = (candidate: Candidate) => (candidate.inOtherCode ? 2 : anythingFits && isMark(candidate) ? 1 : 0);
  return candidates
    .map((candidate, place) => ({ candidate, place, rank: rank(candidate) }))
    .sort((left, right) => left.rank - right.rank || right.place - left.place)
    .map(({ candidate }) => candidate);
};

const strict = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const depthExceeded = (value: unknown, depth: number): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return depth <= 0 || Object.values(value).some((child) => depthExceeded(child, depth - 1));
};

const fail = (kind: NoJson["kind"], message: string): JsonReading => ({ ok: false, error: { kind, message } });
const tooDeep = `The JSON is nested deeper than ${replyJsonLimits.depth} levels.`;

/** The whole text as one value: strictly, or, where a number would lose digits, digit by digit. undefined: it is no JSON. */
const wholeValue = (text: string): ReadJson | null | "deep" => {
  const parsed = strict(text);
  if (parsed === null) return null;
  if (depthExceeded(parsed.value, replyJsonLimits.depth)) return "deep";
  const plain = { value: parsed.value, repair: null, notes: [], longNumbers: [] };
  if (!/\d{16}|\d[eE]\+?\d{3}/.test(text)) return plain;
  // A blank behind it: a number at the very end might go on.
  const exact = new LenientJson(`${text} `, replyJsonLimits.depth).read(0);
  if (!exact.ok) return plain;
  return {
    value: exact.value.value,
    repair: null,
    notes: [...exact.value.notes],
    longNumbers: exact.value.longNumbers,
  };
};

/**
 * The JSON in a model's reply: its thinking is left out first; of all lists and objects in what follows, the last one that fits is meant. What is cut off is
 * refused, never closed. Linear in the length of the reply.
 */
export const readJson = (reply: string, { problemOf }: ReadJsonOptions = {}): JsonReading => {
  if (reply.length > replyJsonLimits.length) {
    return fail("too-long", `The text is longer than ${replyJsonLimits.length} characters.`);
  }
  const asItCame = wholeValue(reply.trim());
  const { answer, thinking } = asItCame === null ? splitThinking(reply) : { answer: reply, thinking: "" };
  const text = answer.trim();
  if (text === "")
    return fail("empty", thinking.trim() === "" ? "The text is empty." : "There is thinking, but no answer.");
  const whole = asItCame ?? wholeValue(text);
  if (whole === "deep") return fail("deep", tooDeep);
  const check = (value: unknown) => problemOf?.(value) ?? null;
  const read = (value: ReadJson): JsonReading => ({ ok: true, value });
  if (whole !== null) {
    const problem = check(whole.value);
    const repair = thinking === "" ? null : ("thinking" as const);
    if (problem === null) return read({ ...whole, repair });
    // JSON that was written as a text within JSON.
    const inner = typeof whole.value === "string" ? wholeValue(whole.value) : null;
    if (inner !== null && inner !== "deep" && check(inner.value) === null)
      return read({ ...inner, repair: "surrounding text" });
    return fail("unfit", unfit(problem, whole.longNumbers));
  }

  const { candidates, open, isDeep, isTangled } = findCandidates(text);
  if (isTangled) return fail("none", "The text begins JSON again and again, and cannot be read.");
  const ordered = inOrder(candidates, problemOf === undefined);
  const chosen = ordered.find(({ value }) => check(value) === null);
  if (open !== null && (chosen === undefined || chosen.inOtherCode || !open.inOtherCode)) {
    return fail("cut", "The JSON is not complete: the text ends within it.");
  }
  if (chosen !== undefined) {
    const { value, notes, longNumbers, start, end } = chosen;
    const around = `${text.slice(0, start)}${text.slice(end)}`;
    const isFence = around.length < 200 && isOnlyFence(around);
    const repair =
      around.trim() === "" ? (thinking === "" ? null : "thinking") : isFence ? "code fence" : "surrounding text";
    return read({ value, repair, notes: [...notes], longNumbers });
  }
  const [nearest] = ordered;
  if (nearest !== undefined) return fail("unfit", unfit(check(nearest.value) ?? "", nearest.longNumbers));
  return isDeep ? fail("deep", tooDeep) : fail("none", `The text is not JSON: ${whyNot(text)}.`);
};

/** A line that opens a code fence, and one that closes it or none. */
const isOnlyFence = (text: string): boolean => {
  const [opening = "", ...rest] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return /^(?:```|~~~)/.test(opening) && rest.length < 2 && rest.every((line) => line === "```" || line === "~~~");
};

const unfit = (problem: string, longNumbers: readonly string[]): string =>
  longNumbers.length === 0
    ? problem
    : `${problem} (numbers too long to be kept exactly are read as text: ${longNumbers.map((path) => path || "the value").join(", ")})`;

const whyNot = (text: string): string => {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
