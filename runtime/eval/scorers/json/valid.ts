import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { yesOrNo } from "../lib/metrics";
import { parsedJson } from "../lib/parsed-json";

export const jsonValid = defineScorer({
  type: "json/valid",
  version: 1,
  title: { en: "Valid JSON", zh: "有效的 JSON" },
  summary: {
    en: "Whether the answer is JSON, and has the fields that it must have.",
    zh: "回答是否为 JSON，并且包含必需的字段。",
  },
  config: z.object({
    fields: z
      .array(z.string().min(1).max(200))
      .max(100)
      .default([])
      .meta(field({ title: { en: "Fields it must have", zh: "必需的字段" }, control: "string-list" })),
  }),
  needs: { output: true, expected: false },
  asksModel: false,
  judge: false,
  metrics: [yesOrNo("valid", { en: "Valid JSON", zh: "有效的 JSON" })],
  score: ({ config, output }) => {
    const parsed = parsedJson(output);
    if (!parsed.ok || !parsed.isPlain) return { values: { valid: 0 }, reason: "The answer is no JSON." };
    const { value } = parsed;
    const missing = config.fields.filter(
      (name) => typeof value !== "object" || value === null || !Object.hasOwn(value, name),
    );
    return missing.length === 0
      ? { values: { valid: 1 } }
      : { values: { valid: 0 }, reason: `Missing: ${missing.slice(0, 10).join(", ")}` };
  },
});
