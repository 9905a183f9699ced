import { z } from "zod";
import { type BodyInterface, frameLimits, noBody } from "@/runtime/node/body";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import type { FrameEnd } from "@/runtime/node/frames";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { inWords } from "@/runtime/node/value-limits";
import { parseJson } from "../lib/parse-json";
import { startBody } from "../lib/start-body";

/** Input fields of the body that the map itself fills. */
const itemField = "item";
const indexField = "index";
/** An output of the body that ends the map early. */
const exitOutput = "exit";
const errorsPort = "errors";
const itemsPort = "items";

const about = (name: string) => ({ en: name, zh: name });

export const flowMap = defineNode({
  type: "flow/map",
  version: 1,
  title: { en: "Map", zh: "逐项处理" },
  summary: {
    en: "Runs its steps once for each item of a list, several at a time, and gives the results as lists in the same order.",
    zh: "对列表中的每一项运行一次内部步骤，可同时处理多项，并按原有顺序以列表给出结果。",
  },
  icon: "layers",
  keywords: [
    "for each",
    "loop",
    "iterate",
    "iteration",
    "parallel",
    "batch",
    "list",
    "循环",
    "迭代",
    "遍历",
    "并行",
    "批量",
    "列表",
  ],
  config: z.object({
    concurrency: z
      .int()
      .min(1)
      .max(frameLimits.concurrency)
      .default(4)
      .meta(
        field({
          title: { en: "Items at a time", zh: "同时处理的项数" },
          help: { en: "From 1 to 64.", zh: "1 到 64。" },
          control: "number",
          group: "main",
          step: 1,
        }),
      ),
    onFailure: z
      .enum(["stop", "null", "drop", "collect"])
      .default("stop")
      .meta(
        field({
          title: { en: "When an item fails", zh: "某一项失败时" },
          help: {
            en: "“Collect” gives the failures out of a port of their own, each with the place of its item.",
            zh: "“收集错误”会从单独的端口给出失败，每条都带有该项的位置。",
          },
          control: "select",
          group: "main",
          options: {
            stop: { en: "stop, and fail", zh: "停止，并判为失败" },
            null: { en: "put null in its place", zh: "在其位置放 null" },
            drop: { en: "leave it out", zh: "略去该项" },
            collect: { en: "leave it out, and collect the errors", zh: "略去该项，并收集错误" },
          },
        }),
      ),
  }),
  container: {
    runs: "list",
    start: startBody([{ name: itemField, kind: "json" }], { name: "result", from: itemField }),
  },
  inputs: (_, body = noBody): port.Ports => ({
    [itemsPort]: port.any({ en: "List", zh: "列表" }),
    ...sharedPorts(body),
  }),
  outputs: ({ onFailure }, body = noBody): port.Ports => {
    const names = resultNames(body);
    if (onFailure === "collect" && names.includes(errorsPort)) {
      throw new Error(`A result inside is called "${errorsPort}", which is the port of the errors. Rename it.`);
    }
    return {
      ...Object.fromEntries(
        names.map((name) => [name, port.json(z.array(z.unknown()), body.outputs[name]?.label ?? about(name))]),
      ),
      ...(onFailure === "collect"
        ? { [errorsPort]: port.json(z.array(z.unknown()), { en: "Errors", zh: "错误" }) }
        : {}),
    };
  },
  passes: {},
  preview: ({ concurrency }) => `× ${concurrency}`,
  examples: [
    {
      name: "Each text of a list",
      config: { concurrency: 2 },
      body: startBody([{ name: itemField }], { name: "result", from: itemField }),
      inputs: { items: ["first", "second"] },
      outputs: { result: ["first", "second"] },
    },
    {
      name: "An empty list",
      config: {},
      body: startBody([{ name: itemField, kind: "json" }], { name: "result", from: itemField }),
      inputs: { items: [] },
      outputs: { result: [] },
    },
    {
      name: "One item fails, and the errors are collected",
      config: { onFailure: "collect" },
      body: startBody([{ name: itemField, kind: "number" }], { name: "result", from: itemField }),
      inputs: { items: [1, "two", 3] },
      outputs: {
        result: [1, 3],
        errors: [{ index: 1, code: "value-invalid", message: '"item" must be a number, not string.' }],
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { [itemsPort]: given, ...shared } = inputs as Readonly<Record<string, unknown>>;
    const items = listOf(given);
    const { body } = ctx.frames;
    const names = resultNames(body);
    const ends: (FrameEnd | undefined)[] = new Array(items.length);
    ctx.frames.expect(items.length);
    let next = 0;
    let left = false;
    const worker = async () => {
      while (next < items.length && !left) {
        const index = next++;
        const end = await ctx.frames.run(index, { ...shared, [itemField]: items[index], [indexField]: index });
        if (!end.ok && config.onFailure === "stop") throw asFailure(end, index, items.length);
        if (end.ok && isExit(end.outputs)) left = true;
        ends[index] = end.ok ? { ok: true, outputs: end.outputs } : end;
      }
    };
    await Promise.all(Array.from({ length: Math.min(config.concurrency, items.length) }, worker));
    return gather(ends, names, config.onFailure, ctx.log, items.length);
  },
});

/** Fields of the body that every item is given alike. */
const sharedPorts = ({ inputs }: BodyInterface): port.Ports => {
  if (Object.hasOwn(inputs, itemsPort)) {
    throw new Error(`A field inside is called "${itemsPort}", which is the port of the list. Rename it.`);
  }
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== itemField && name !== indexField));
};

const resultNames = ({ outputs }: BodyInterface): readonly string[] =>
  Object.keys(outputs).filter((name) => name !== exitOutput);

const isExit = (outputs: Readonly<Record<string, unknown>>): boolean =>
  Object.hasOwn(outputs, exitOutput) && outputs[exitOutput] !== false && outputs[exitOutput] !== null;

const listOf = (given: unknown): readonly unknown[] => {
  const parsed = typeof given === "string" ? parseJson(given) : { ok: true as const, value: given };
  if (!parsed.ok) throw new NodeFailure("value-invalid", `Not a list: ${parsed.error}`);
  const { value } = parsed;
  if (!Array.isArray(value)) {
    throw new NodeFailure("value-invalid", "What came in is not a list.", {
      hint: "Wire in a JSON list, for instance a part of an answer in JSON.",
    });
  }
  if (value.length <= frameLimits.items) return value;
  const message = `The list has ${inWords(value.length)} items; at most ${inWords(frameLimits.items)} are allowed.`;
  throw new NodeFailure("value-too-large", message, { hint: "Split the list, and run the parts one after the other." });
};

const asFailure = (end: Extract<FrameEnd, { ok: false }>, index: number, length: number): NodeFailure => {
  const { code, message, hint, passing, retryAfterMs } = end.error;
  return new NodeFailure(code, `Item ${inWords(index + 1)} of ${inWords(length)}: ${message}`, {
    ...(hint === undefined ? {} : { hint }),
    ...(passing === undefined ? {} : { passing }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};

/** The results in the order of the items. An item that gave nothing for a name has null there. */
const gather = (
  ends: readonly (FrameEnd | undefined)[],
  names: readonly string[],
  onFailure: "stop" | "null" | "drop" | "collect",
  log: (level: "info" | "warn", message: string) => void,
  length: number,
) => {
  const lists: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  const errors: { index: number; code: string; message: string }[] = [];
  let ended = 0;
  for (const [index, end] of ends.entries()) {
    if (end === undefined) continue;
    ended++;
    if (!end.ok) errors.push({ index, code: end.error.code, message: end.error.message });
    if (!end.ok && onFailure !== "null") continue;
    for (const name of names) lists[name]?.push(end.ok && Object.hasOwn(end.outputs, name) ? end.outputs[name] : null);
  }
  if (ended < length) log("info", `Left early: ${inWords(ended)} of ${inWords(length)} items were run.`);
  if (errors.length > 0) {
    const [first] = errors;
    log("warn", `${inWords(errors.length)} of ${inWords(length)} items failed; the first: ${first?.message ?? ""}`);
  }
  return onFailure === "collect" ? { ...lists, [errorsPort]: errors } : lists;
};
