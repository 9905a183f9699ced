import { z } from "zod";
import { codeLimits } from "@/runtime/capability/code/limits";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import type * as port from "@/runtime/node/port";
import { excerpt } from "../lib/readable";
import { refuseTwice, type TypedValue, typedPorts, typedValue, typeProblem } from "../lib/typed-value";

const mostValues = 32;
const { milliseconds, megabytes } = codeLimits;

const config = z
  .object({
    code: z
      .string()
      .min(1)
      .max(codeLimits.code)
      .default("return { result: inputs.text.trim() };")
      .meta(
        field({
          title: { en: "Code", zh: "代码" },
          help: {
            en: "JavaScript or TypeScript. Reads `inputs`, and returns an object with one value an output. No network, files, clock or randomness: the same inputs give the same outputs.",
            zh: "JavaScript 或 TypeScript。读取 `inputs`，返回一个对象，每个输出对应一个值。不能访问网络、文件、时钟或随机数：相同输入得到相同输出。",
          },
          control: "code",
          group: "main",
        }),
      ),
    inputs: z
      .array(typedValue)
      .max(mostValues)
      .default([{ name: "text", kind: "text" }])
      .meta(
        field({
          title: { en: "Inputs", zh: "输入" },
          help: {
            en: "Each is a port, and a field of `inputs`.",
            zh: "每一项对应一个端口，也是 `inputs` 的一个字段。",
          },
          control: "rows",
          group: "main",
        }),
      ),
    outputs: z
      .array(typedValue)
      .min(1)
      .max(mostValues)
      .default([{ name: "result", kind: "text" }])
      .meta(
        field({
          title: { en: "Outputs", zh: "输出" },
          help: {
            en: "Each is a port, and a field of the object that the code returns.",
            zh: "每一项对应一个端口，也是代码返回对象的一个字段。",
          },
          control: "rows",
          group: "main",
        }),
      ),
    seconds: z
      .number()
      .min(milliseconds.least / 1000)
      .max(milliseconds.most / 1000)
      .default(milliseconds.initial / 1000)
      .meta(
        field({
          title: { en: "Longest time", zh: "最长时间" },
          help: { en: "Code that takes longer is stopped.", zh: "超过此时间的代码会被停止。" },
          control: "number",
          group: "advanced",
          unit: { en: "seconds", zh: "秒" },
        }),
      ),
    megabytes: z
      .int()
      .min(megabytes.least)
      .max(megabytes.most)
      .default(megabytes.initial)
      .meta(
        field({
          title: { en: "Most memory", zh: "最多内存" },
          help: { en: "Code that takes more is stopped.", zh: "占用更多内存的代码会被停止。" },
          control: "number",
          group: "advanced",
          unit: { en: "MB", zh: "MB" },
        }),
      ),
  })
  .superRefine(({ inputs, outputs }, context) => {
    refuseTwice(inputs, "inputs", context);
    refuseTwice(outputs, "outputs", context);
  });

const hints = {
  syntax: "Correct the code.",
  threw: "Correct the code, or give the step an error port.",
  value: "Return an object with a value for each output.",
  time: "Give the code less to do, or raise its longest time.",
  memory: "Give the code less to do, or raise its most memory.",
  never: "Leave the await out: there is nothing in the sandbox that ends later.",
} as const;

export const toolCode = defineNode({
  type: "tool/code",
  version: 1,
  title: { en: "Code", zh: "代码" },
  summary: {
    en: "Runs JavaScript or TypeScript in a sandbox: values in, values out, nothing else.",
    zh: "在沙箱中运行 JavaScript 或 TypeScript：只有输入值和输出值，别无其他。",
  },
  icon: "square-code",
  keywords: ["javascript", "typescript", "script", "function", "transform", "compute", "脚本", "函数", "计算", "转换"],
  config,
  inputs: ({ inputs }): port.Ports => typedPorts(inputs),
  outputs: ({ outputs }): port.Ports => typedPorts(outputs),
  preview: ({ code }) => excerpt(code.replaceAll(/\s+/g, " ")),
  examples: [
    {
      name: "Adds up",
      config: {
        code: "const total: number = inputs.prices.reduce((sum: number, price: number) => sum + price, 0);\nreturn { total };",
        inputs: [{ name: "prices", kind: "json" }],
        outputs: [{ name: "total", kind: "number" }],
      },
      inputs: { prices: [1.5, 2.5] },
      outputs: { total: 4 },
    },
    {
      name: "Takes a text apart",
      config: {
        code: 'const [city, ...rest] = inputs.text.split(",");\nreturn { city: city.trim(), others: rest.map((part) => part.trim()) };',
        outputs: [
          { name: "city", kind: "text" },
          { name: "others", kind: "json" },
        ],
      },
      inputs: { text: "Paris, Lyon, Nice" },
      outputs: { city: "Paris", others: ["Lyon", "Nice"] },
    },
  ],
  async run({ config, inputs, ctx }) {
    const { code, seconds, megabytes, outputs } = config;
    const program = { code, inputs, milliseconds: Math.round(seconds * 1000), megabytes };
    const result = await ctx.code.run(program);
    for (const { level, text } of result.lines) ctx.log(level, text);
    if (!result.ok) {
      const isLimit = result.reason === "time" || result.reason === "memory";
      const where = result.line === null ? "" : ` (line ${result.line})`;
      throw new NodeFailure(isLimit ? "code-limit" : "code-failed", `${result.message}${where}`, {
        hint: hints[result.reason],
      });
    }
    return outputsOf(result.value, outputs);
  },
});

/** The outputs that the code promised, of the types that it promised. */
const outputsOf = (value: unknown, outputs: readonly TypedValue[]): Record<string, unknown> => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NodeFailure("code-failed", "The code returned no object.", { hint: hints.value });
  }
  return Object.fromEntries(
    outputs.map(({ name, kind }) => {
      const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
      const problem = typeProblem(given, kind);
      if (problem !== null)
        throw new NodeFailure("code-failed", `The output "${name}" ${problem}.`, { hint: hints.value });
      return [name, given];
    }),
  );
};
