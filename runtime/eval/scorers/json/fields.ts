import { z } from "zod";
import { field } from "@/runtime/node/field";
import { readNumber } from "@/runtime/text/read-number";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share, yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";
import { parsedJson } from "../lib/parsed-json";

/** Beyond so many nothing is compared, and the cell says so. */
const mostFields = 100_000;

/** A name as part of a path: one with a point or a bracket in it is not two. */
const step = (path: string, name: string): string => {
  if (/[.[\]]|^$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
};

/** Every leaf of a JSON value under its path, e.g. `items[0].price`; null where there are too many. */
const leaves = (value: unknown): Map<string, unknown> | null => {
  const found = new Map<string, unknown>();
  const open: [string, unknown][] = [["", value]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, each] = next;
    // Nothing within is a value too: an empty list where things were found is wrong.
    if (typeof each !== "object" || each === null || Object.keys(each).length === 0) found.set(path, each);
    else if (Array.isArray(each)) for (const [index, item] of each.entries()) open.push([`${path}[${index}]`, item]);
    else for (const [name, item] of Object.entries(each)) open.push([step(path, name), item]);
    if (found.size + open.length > mostFields) return null;
  }
  return found;
};

const kindOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** A number, or a text that is nothing else. */
const numberOf = (value: unknown): number | null =>
  typeof value === "number" ? value : typeof value === "string" ? (readNumber(value)?.value ?? null) : null;

const alike = (left: unknown, right: unknown, { tolerance, types }: Pick<Config, "tolerance" | "types">): boolean => {
  if (types && kindOf(left) !== kindOf(right)) return false;
  if (typeof left === "number" || typeof right === "number") {
    const [one, other] = [numberOf(left), numberOf(right)];
    // A hair's breadth for decimals that binary cannot hold: 0.3 - 0.1 is within 0.2.
    if (one !== null && other !== null)
      return (
        one === other || Math.abs(one - other) <= tolerance + (tolerance > 0 ? 4 * Number.EPSILON * Math.abs(other) : 0)
      );
  }
  return normalised(asText(left)) === normalised(asText(right));
};

const config = z.object({
  ignore: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([])
    .meta(field({ title: { en: "Paths to leave out", zh: "忽略的路径" }, control: "string-list" })),
  tolerance: z
    .number()
    .min(0)
    .max(1e12)
    .default(0)
    .meta(field({ title: { en: "Numbers may be off by", zh: "数值允许误差" }, control: "number" })),
  types: z
    .boolean()
    .default(false)
    .meta(
      field({
        title: { en: "Types must be the same", zh: "类型须一致" },
        help: {
          en: 'Off: "5" is 5 and "true" is true.',
          zh: "关闭时，文本 “5” 与数字 5、文本 “true” 与布尔值视为相同。",
        },
        control: "switch",
      }),
    ),
  nothingMore: z
    .boolean()
    .default(false)
    .meta(
      field({
        title: { en: "Fields beyond those count against it", zh: "多出的字段要扣分" },
        control: "switch",
      }),
    ),
});
type Config = z.output<typeof config>;

export const jsonFields = defineScorer({
  type: "json/fields",
  version: 2,
  title: { en: "Fields match", zh: "字段一致" },
  summary: {
    en: "Compares a JSON answer with the expected JSON, field by field; fields beyond those do not count against it.",
    zh: "逐字段比较 JSON 回答与期望的 JSON；多出的字段不扣分。",
  },
  config,
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("all", { en: "All fields match", zh: "全部字段一致" }),
    share("share", { en: "Share of fields that match", zh: "一致字段比例" }),
  ],
  score: ({ config: settings, output, expected }) => {
    const wanted = parsedJson(expected);
    if (!wanted.ok) return { values: { all: null, share: null }, reason: "The expected value is no JSON." };
    const given = parsedJson(output);
    const expectedLeaves = leaves(wanted.value);
    const answer = given.ok ? leaves(given.value) : new Map<string, unknown>();
    if (expectedLeaves === null)
      return { values: { all: null, share: null }, reason: `The expected value has more than ${mostFields} fields.` };
    if (answer === null)
      return { values: { all: 0, share: 0 }, reason: `The answer has more than ${mostFields} fields.` };
    const ignored = new Set(settings.ignore);
    const fields = [...expectedLeaves].filter(([path]) => !ignored.has(path));
    if (fields.length === 0) return { values: { all: null, share: null } };
    const differing = fields.filter(([path, value]) => !answer.has(path) || !alike(answer.get(path), value, settings));
    const more = settings.nothingMore
      ? [...answer.keys()].filter((path) => !expectedLeaves.has(path) && !ignored.has(path))
      : [];
    const wrong = [...differing.map(([path]) => path), ...more];
    return {
      values: { all: wrong.length === 0 ? 1 : 0, share: 1 - wrong.length / (fields.length + more.length) },
      ...(wrong.length > 0 && {
        reason: given.ok
          ? `Differs: ${wrong
              .slice(0, 10)
              .map((path) => path || "value")
              .join(", ")}`
          : "The answer is no JSON.",
      }),
    };
  },
});
