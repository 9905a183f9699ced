import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share, yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";
import { parsedJson } from "../lib/parsed-json";

const mostFields = 1_000;

/** Every leaf of a JSON value under its path, e.g. `items[0].price`. */
const leaves = (value: unknown): Map<string, unknown> => {
  const found = new Map<string, unknown>();
  const open: [string, unknown][] = [["", value]];
  for (let next = open.pop(); next !== undefined && found.size < mostFields; next = open.pop()) {
    const [path, each] = next;
    // Nothing within is a value too: an empty list where things were found is wrong.
    if (typeof each !== "object" || each === null || Object.keys(each).length === 0) found.set(path, each);
    else if (Array.isArray(each)) for (const [index, item] of each.entries()) open.push([`${path}[${index}]`, item]);
    else for (const [name, item] of Object.entries(each)) open.push([path === "" ? name : `${path}.${name}`, item]);
  }
  return found;
};

const alike = (left: unknown, right: unknown, tolerance: number): boolean =>
  typeof left === "number" && typeof right === "number"
    ? Math.abs(left - right) <= tolerance
    : normalised(asText(left)) === normalised(asText(right));

export const jsonFields = defineScorer({
  type: "json/fields",
  version: 1,
  title: { en: "Fields match", zh: "字段一致" },
  summary: {
    en: "Compares a JSON answer with the expected JSON, field by field; fields beyond those do not count against it.",
    zh: "逐字段比较 JSON 回答与期望的 JSON；多出的字段不扣分。",
  },
  config: z.object({
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
  }),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("all", { en: "All fields match", zh: "全部字段一致" }),
    share("share", { en: "Share of fields that match", zh: "一致字段比例" }),
  ],
  score: ({ config, output, expected }) => {
    const wanted = parsedJson(expected);
    if (!wanted.ok) return { values: { all: null, share: null }, reason: "The expected value is no JSON." };
    const given = parsedJson(output);
    const fields = [...leaves(wanted.value)].filter(([path]) => !config.ignore.includes(path));
    if (fields.length === 0) return { values: { all: null, share: null } };
    const answer = given.ok ? leaves(given.value) : new Map<string, unknown>();
    const wrong = fields.filter(
      ([path, value]) => !answer.has(path) || !alike(answer.get(path), value, config.tolerance),
    );
    return {
      values: { all: wrong.length === 0 ? 1 : 0, share: 1 - wrong.length / fields.length },
      ...(wrong.length > 0 && {
        reason: given.ok
          ? `Differs: ${wrong
              .slice(0, 10)
              .map(([path]) => path || "value")
              .join(", ")}`
          : "The answer is no JSON.",
      }),
    };
  },
});
