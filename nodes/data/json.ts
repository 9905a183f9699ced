import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { readJson } from "@/runtime/node/reply/read-json";
import { parsePath, pathLimits, pick } from "../lib/json-path";
import { compileSchema, describeProblems } from "../lib/json-schema";
import { schemaField } from "../lib/json-schema-check";
import { parseJson } from "../lib/parse-json";
import { sayReading } from "../lib/structured-reply";

const config = z.object({
  path: z
    .string()
    .trim()
    .max(pathLimits.length)
    .default("")
    .superRefine((path, context) => {
      const parsed = parsePath(path);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.error });
    })
    .meta(
      field({
        title: { en: "Pick", zh: "取值路径" },
        help: {
          en: "Path to the part you want, such as customer.name, items[0].price or items[*].price. Empty takes everything.",
          zh: "要取的部分，例如 customer.name、items[0].price 或 items[*].price。留空表示全部。",
        },
        placeholder: { en: "items[0].price", zh: "items[0].price" },
        control: "text",
        group: "main",
      }),
    ),
  schema: schemaField.default(null).meta(
    field({
      title: { en: "Must fit this schema", zh: "须符合的结构" },
      help: {
        en: "A JSON Schema for what was picked: types, required fields, ranges, formats.",
        zh: "对取出的内容进行校验的 JSON Schema：类型、必填字段、范围、格式。",
      },
      control: "json-schema",
      group: "main",
    }),
  ),
  onInvalid: z
    .enum(["fail", "branch"])
    .default("fail")
    .meta(
      field({
        title: { en: "When it does not fit", zh: "不符合时" },
        control: "select",
        group: "output",
        options: {
          fail: { en: "Stop with an error", zh: "报错并停止" },
          branch: { en: "Go on through the port “invalid”", zh: "从 “invalid” 端口继续" },
        },
      }),
    ),
  lenient: z
    .boolean()
    .default(true)
    .meta(
      field({
        title: { en: "Find JSON in a reply", zh: "从回复中提取 JSON" },
        help: {
          en: "Leaves out thinking, code fences and words around the JSON, and reads it as models write it: of several, the last that fits. What is cut off is refused, and numbers of more than 15 digits are kept as text.",
          zh: "忽略思考过程、代码块标记与说明文字，并宽松读取模型写出的 JSON；有多段时取最后一段符合要求的。被截断的内容会报错，超过 15 位的数字保留为文本。",
        },
        control: "switch",
        group: "advanced",
      }),
    ),
});

const invalid = z.object({ problem: z.string(), value: z.unknown() });
const outputs = {
  value: port.maybe(port.json(z.unknown(), { en: "Value", zh: "值" })),
  invalid: port.maybe(port.json(invalid, { en: "Invalid", zh: "无效" })),
};
const failing = { value: port.json(z.unknown(), { en: "Value", zh: "值" }) };

export const dataJson = defineNode({
  type: "data/json",
  version: 1,
  title: { en: "JSON", zh: "JSON" },
  summary: {
    en: "Reads JSON, picks a part of it and checks it against a schema.",
    zh: "读取 JSON，取出其中一部分，并按结构校验。",
  },
  icon: "braces",
  keywords: ["parse", "extract", "validate", "schema", "path", "field", "解析", "提取", "校验", "字段"],
  config,
  inputs: { value: port.any({ en: "JSON or text", zh: "JSON 或文本" }) },
  // With `fail` the one output is always there; the type is that of the wider case.
  outputs: ({ onInvalid }) => (onInvalid === "branch" ? outputs : (failing as unknown as typeof outputs)),
  preview: ({ path, schema }) => [path || "$", ...(schema ? ["✓ schema"] : [])].join(" · "),
  passes: { value: "value" },
  examples: [
    {
      name: "Picks a field of a text",
      config: { path: "items[0].price" },
      inputs: { value: '{"items": [{"price": 12.5}]}' },
      outputs: { value: 12.5 },
    },
    {
      name: "Picks one field of every element",
      config: { path: "items[*].name" },
      inputs: { value: { items: [{ name: "台灯" }, { name: "椅子" }] } },
      outputs: { value: ["台灯", "椅子"] },
    },
    {
      name: "Sends what does not fit another way",
      config: {
        schema: { type: "object", properties: { amount: { type: "number", minimum: 0 } }, required: ["amount"] },
        onInvalid: "branch",
      },
      inputs: { value: { amount: -1 } },
      outputs: {
        invalid: { problem: "The value does not fit: amount must be at least 0, is -1.", value: { amount: -1 } },
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const refuse = (problem: string, value: unknown) => {
      if (config.onInvalid === "branch") return { invalid: { problem, value } };
      throw new NodeFailure("value-invalid", problem, {
        hint: "Check what is wired into the step, its path and its schema.",
      });
    };
    const path = parsePath(config.path);
    const validator = config.schema === null ? null : await compileSchema(config.schema);
    if (validator?.ok === false) throw new NodeFailure("node-failed", `The schema cannot be used: ${validator.error}`);
    const problemsOf = (given: unknown) => (validator?.ok ? validator.value(given) : []);
    const unfit = (given: unknown) => {
      const part = path.ok ? pick(given, path.value) : path;
      if (!part.ok) return part.error;
      const problems = problemsOf(part.value);
      return problems.length === 0 ? null : describeProblems(problems);
    };
    let value: unknown = inputs.value;
    if (typeof value === "string") {
      if (config.lenient) {
        const reading = readJson(value, validator === null ? {} : { problemOf: (each) => unfit(each) });
        // What does not fit is said below, of the part that was picked.
        const nearest = reading.ok || reading.error.kind !== "unfit" ? reading : readJson(value);
        if (!nearest.ok) return refuse(nearest.error.message, value);
        const said = sayReading(nearest.value);
        if (said !== null) ctx.log(nearest.value.longNumbers.length > 0 ? "warn" : "info", said);
        value = nearest.value.value;
      } else {
        const parsed = parseJson(value);
        if (!parsed.ok) return refuse(parsed.error, value);
        value = parsed.value;
      }
    }
    const picked = path.ok ? pick(value, path.value) : path;
    if (!picked.ok) return refuse(`The path ${config.path} found nothing: ${picked.error}`, value);
    const problems = problemsOf(picked.value);
    return problems.length === 0
      ? { value: picked.value }
      : refuse(`The value does not fit: ${describeProblems(problems)}.`, picked.value);
  },
});
