import type { Locale } from "@/runtime/node/localized";
import { fold, holdsFact } from "./holds-fact";
import { saysUnknown } from "./says-unknown";
import type { Expected, Fact, FormatTask, JsonTask, RewriteTask, Task } from "./task";

export interface Grade {
  readonly right: boolean;
  /** Only of JSON: whether it can be read and has the fields of the schema. */
  readonly valid?: boolean;
  /** Only of questions on passages: whether the reply says that it does not know. */
  readonly unknown?: boolean;
  /** What is wrong, in a few words; empty where nothing is. */
  readonly why: string;
}

const right: Grade = { right: true, why: "" };
const wrong = (why: string): Grade => ({ right: false, why });

/** An answer is a sentence or two: a reply that hands back what it was given holds every fact and answers nothing. */
const longest: Readonly<Record<Locale, number>> = { en: 240, zh: 100 };
const mostSentences = 3;

/** Judges a reply by rules. The label of a sorted text and JSON come as the step gives them. */
export const grade = (task: Task, reply: string): Grade => {
  if (reply.trim() === "") return { ...wrong("empty"), ...(task.kind === "json" ? { valid: false } : {}) };
  switch (task.kind) {
    case "grounded": {
      const unknown = saysUnknown(reply);
      if (unknown) return { ...wrong("says that it does not know"), unknown };
      const length = tooLong(reply, task.locale);
      return { ...(length ?? factsOf(reply, task)), unknown };
    }
    case "unknown": {
      const unknown = saysUnknown(reply);
      if (!unknown) return { ...wrong("answers"), unknown };
      return { ...(tooLong(reply, task.locale) ?? right), unknown };
    }
    case "json":
      return gradeJson(task, reply);
    case "labels":
      return reply === task.right ? right : wrong(`${reply}, not ${task.right}`);
    case "rewrite":
      return gradeRewrite(task, reply);
    case "format":
      return gradeFormat(task, reply);
    default:
      return task satisfies never;
  }
};

const tooLong = (reply: string, locale: Locale): Grade | null => {
  if (reply.length > longest[locale]) return wrong("too long");
  return sentencesIn(reply) > mostSentences ? wrong("too many sentences") : null;
};

export const sentencesIn = (text: string): number =>
  text.split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

const factsOf = (reply: string, task: { readonly right: readonly Fact[]; readonly wrong: readonly Fact[] }): Grade => {
  const missing = task.right.filter((fact) => !holdsFact(reply, fact));
  if (missing.length > 0) return wrong(`lacks ${JSON.stringify(missing[0])}`);
  const other = task.wrong.find((fact) => holdsFact(reply, fact));
  return other === undefined ? right : wrong(`has ${JSON.stringify(other)}`);
};

const gradeJson = (task: JsonTask, reply: string): Grade => {
  let value: unknown;
  try {
    value = JSON.parse(reply);
  } catch {
    return { ...wrong("no JSON"), valid: false };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ...wrong("no object"), valid: false };
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(task.right);
  const valid = names.every((name) => name in fields) && Object.keys(fields).length === names.length;
  const other = names.find((name) => !isExpected(fields[name], task.right[name] as Expected));
  if (other !== undefined) return { ...wrong(`${other} is ${JSON.stringify(fields[other])}`), valid };
  return valid ? { ...right, valid } : { ...wrong("other fields"), valid };
};

/** A text field may say a few words more than what is looked for, not the whole text. */
const spare = 24;

const isExpected = (value: unknown, expected: Expected): boolean => {
  if (expected === null || typeof expected !== "object") return value === expected;
  if ("list" in expected) {
    return (
      Array.isArray(value) &&
      value.length === expected.list.length &&
      expected.list.every((each) => value.some((said) => fold(String(said)) === fold(each)))
    );
  }
  if (typeof value !== "string") return false;
  if ("digits" in expected) return value.replace(/\D/g, "") === expected.digits;
  if ("date" in expected) return value === expected.date;
  if ("time" in expected) return value === expected.time;
  if ("text" in expected && !expected.text.some((each) => value.length <= each.length + spare)) return false;
  return holdsFact(value, expected);
};

const han = /\p{Script=Han}/gu;

const gradeRewrite = (task: RewriteTask, reply: string): Grade => {
  if (fold(reply) === fold(task.text)) return wrong("is the text itself");
  if (reply.length > Math.max(task.text.length, 40) * 1.4) return wrong("too long");
  if (sentencesIn(reply) > task.sentences) return wrong("too many sentences");
  const share = (reply.match(han)?.length ?? 0) / reply.length;
  if (task.locale === "zh" ? share < 0.3 : share > 0) return wrong("in another language");
  return factsOf(reply, task);
};

const gradeFormat = (task: FormatTask, given: string): Grade => {
  const reply = given.normalize("NFKC").trim();
  if (task.pattern !== undefined) {
    if (!new RegExp(task.pattern.normalize("NFKC"), "u").test(reply)) return wrong("is not of the form");
  }
  if (task.items !== undefined) {
    const parts = reply
      .replace(/[.。]$/u, "")
      .split((task.separator ?? ",").normalize("NFKC"))
      .map(fold);
    const isItem = (part: string, item: string) => part.includes(item) && part.length <= item.length + 12;
    if (parts.length !== task.items.length || !task.items.every((item) => parts.some((part) => isItem(part, item)))) {
      return wrong("lists something else");
    }
    if (task.notItems.some((item) => fold(reply).includes(item))) return wrong("lists too much");
  }
  if (task.lines !== undefined) {
    const lines = reply.split("\n").filter((line) => line.trim() !== "");
    if (lines.length !== task.lines.count) return wrong(`${lines.length} lines`);
    const starts = task.lines.start?.split("|") ?? [];
    if (!lines.every((line, index) => line.trim().startsWith(starts[index] ?? starts[0] ?? ""))) {
      return wrong("lines begin otherwise");
    }
  }
  return factsOf(reply, task);
};
