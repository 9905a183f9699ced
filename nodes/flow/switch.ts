import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { parsePath, pathLimits, pick } from "../lib/json-path";
import { parseJson } from "../lib/parse-json";
import { readable } from "../lib/readable";
import { fractionOf, pickShare } from "../lib/share";
import {
  belongs,
  caseName,
  checkCaseNames,
  describeCase,
  surelyBelongs,
  switchCase,
  switchLimits,
} from "../lib/switch-case";

const config = z
  .object({
    mode: z
      .enum(["value", "share"])
      .default("value")
      .meta(
        field({
          title: { en: "Choose", zh: "选择方式" },
          control: "select",
          options: {
            value: { en: "by the value", zh: "按值" },
            share: { en: "by share, at random", zh: "按比例随机" },
          },
        }),
      ),
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
          title: { en: "Part", zh: "取值路径" },
          help: {
            en: "Path into a JSON value, such as customer.tier. Empty tests the value itself.",
            zh: "JSON 中的路径，例如 customer.tier。留空则检验值本身。",
          },
          when: { mode: ["value"] },
        }),
      ),
    cases: z
      .array(switchCase)
      .min(1, "A switch needs at least one case.")
      .max(switchLimits.cases)
      .default([
        { name: "case1", test: "equals", value: "a", values: [] },
        { name: "case2", test: "equals", value: "b", values: [] },
      ])
      .meta(
        field({
          title: { en: "Cases", zh: "分支" },
          help: {
            en: "The first that fits is taken, from the top; “default” where none fits.",
            zh: "从上往下，走第一个符合的分支；都不符合则走 “default”。",
          },
          control: "switch-cases",
          when: { mode: ["value"] },
        }),
      ),
    shares: z
      .array(
        z.object({
          name: caseName.meta(field({ title: { en: "Port", zh: "端口" } })),
          share: z
            .number()
            .min(0)
            .max(1_000_000)
            .default(1)
            .meta(field({ title: { en: "Share", zh: "份额" }, control: "number" })),
        }),
      )
      .min(1, "A switch needs at least one case.")
      .max(switchLimits.cases)
      .default([
        { name: "a", share: 90 },
        { name: "b", share: 10 },
      ])
      .meta(
        field({
          title: { en: "Shares", zh: "份额" },
          help: {
            en: "Each port gets its share of the sum. With the input “key” wired, the same key always goes the same way.",
            zh: "每个端口按其在总和中的份额分得流量。接入 “key” 后，相同的键始终走同一端口。",
          },
          control: "rows",
          when: { mode: ["share"] },
        }),
      ),
    salt: z
      .string()
      .max(100)
      .default("")
      .meta(
        field({
          title: { en: "Name of the split", zh: "分流名称" },
          help: {
            en: "Two splits of the same keys divide them independently where their names differ.",
            zh: "对相同的键，名称不同的两处分流互不相关。",
          },
          group: "advanced",
          when: { mode: ["share"] },
        }),
      ),
    ignoreCase: z
      .boolean()
      .default(true)
      .meta(
        field({
          title: { en: "Ignore upper and lower case", zh: "忽略大小写" },
          control: "switch",
          group: "advanced",
          when: { mode: ["value"] },
        }),
      ),
  })
  .superRefine(({ mode, cases, shares }, context) => {
    if (mode === "value") checkCaseNames(cases, "cases", context);
    else {
      checkCaseNames(shares, "shares", context);
      if (shares.every(({ share }) => share === 0)) {
        context.addIssue({ code: "custom", message: "Give at least one case a share above 0.", path: ["shares"] });
      }
    }
  });
type Config = z.output<typeof config>;

export const flowSwitch = defineNode({
  type: "flow/switch",
  version: 1,
  title: { en: "Switch", zh: "多路分支" },
  summary: {
    en: "Sends a value out of the port of the first case that fits, or spreads values over ports by share.",
    zh: "把值送往第一个符合的分支端口，或按比例分配到各端口。",
  },
  icon: "route",
  keywords: [
    "if",
    "case",
    "route",
    "router",
    "split",
    "a/b",
    "canary",
    "weight",
    "traffic",
    "路由",
    "分流",
    "灰度",
    "权重",
    "情况",
  ],
  config,
  inputs: ({ mode }): port.Ports => ({
    value: port.any({ en: "Value", zh: "值" }),
    ...(mode === "value" ? { pass: port.maybe(port.any({ en: "Value to send on", zh: "要传递的值" })) } : {}),
    ...(mode === "share" ? { key: port.maybe(port.any({ en: "Key", zh: "键" })) } : {}),
  }),
  outputs: (settings): port.Ports => ({
    ...Object.fromEntries(namesOf(settings).map((name) => [name, port.maybe(port.any())])),
    ...(settings.mode === "value" ? { default: port.maybe(port.any({ en: "Default", zh: "默认" })) } : {}),
    case: port.text({ en: "Which case", zh: "所走分支" }),
  }),
  preview: ({ mode, cases, shares }) =>
    mode === "value"
      ? cases.map((each) => `${each.name} ${describeCase(each)}`).join(" · ")
      : shares.map(({ name, share }) => `${name} ${share}`).join(" · "),
  passes: {},
  branches: (settings, known) => (settings.mode === "share" ? shareBranches(settings) : caseBranches(settings, known)),
  emits: (settings) => ({ case: [...namesOf(settings), ...(settings.mode === "value" ? ["default"] : [])] }),
  examples: [
    {
      name: "By a field of a record",
      config: {
        path: "domain",
        cases: [
          { name: "finance", test: "one-of", values: ["bank", "insurance"] },
          { name: "health", test: "equals", value: "health" },
        ],
      },
      inputs: { value: { domain: "Insurance", question: "Is hail covered?" } },
      outputs: { finance: { domain: "Insurance", question: "Is hail covered?" }, case: "finance" },
    },
    {
      name: "By a number, sending on another value",
      config: {
        cases: [
          { name: "low", test: "range", maximum: 0.5 },
          { name: "high", test: "range", minimum: 0.5 },
        ],
      },
      inputs: { value: 0.5, pass: "文本" },
      outputs: { high: "文本", case: "high" },
    },
    {
      name: "By a pattern, with nothing that fits",
      config: { cases: [{ name: "order", test: "matches", value: "^[A-Z]{2}\\d{6}$" }] },
      inputs: { value: "hello" },
      outputs: { default: "hello", case: "default" },
    },
    {
      name: "By share: one key, one way",
      config: {
        mode: "share",
        shares: [
          { name: "present", share: 90 },
          { name: "candidate", share: 10 },
        ],
      },
      inputs: { value: "question", key: "customer-4" },
      outputs: { present: "question", case: "present" },
    },
  ],
  run: async ({ config: settings, inputs, ctx }) => {
    const given: Readonly<Record<string, unknown>> = inputs;
    const { value, pass, key } = given;
    if (settings.mode === "share") {
      const drawn = key === undefined || key === null ? ctx.run.id : readable(key);
      const name = pickShare(settings.shares, fractionOf(`${settings.salt}\n${drawn}`))?.name;
      if (name === undefined) throw new NodeFailure("node-failed", "No case has a share.");
      return { [name]: value, case: name };
    }
    const actual = part(value, settings.path);
    const sent = pass === undefined ? value : pass;
    for (const each of settings.cases) {
      const fits = await belongs(each, actual, settings.ignoreCase);
      if (!fits.ok) throw new NodeFailure("value-invalid", `The case "${each.name}" cannot be tested: ${fits.error}`);
      if (fits.value) return { [each.name]: sent, case: each.name };
    }
    return { default: sent, case: "default" };
  },
});

const namesOf = ({ mode, cases, shares }: Config): readonly string[] =>
  (mode === "value" ? cases : shares).map(({ name }) => name);

/** The part that the path names, a text being read as JSON for it; nothing where it is not there, which fits no case but an empty one. */
const part = (value: unknown, path: string): unknown => {
  const steps = parsePath(path);
  if (!steps.ok) throw new NodeFailure("value-invalid", steps.error);
  if (steps.value.length === 0) return value;
  const data = typeof value === "string" ? parseJson(value) : { ok: true as const, value };
  if (!data.ok) throw new NodeFailure("value-invalid", `"${path}" needs a JSON value: ${data.error}`);
  const picked = pick(data.value, steps.value);
  return picked.ok ? picked.value : undefined;
};

const shareBranches = ({ shares }: Config) => shares.map(({ name, share }) => ({ port: name, taken: share > 0 }));

/** Which way each known value goes: that of the first case it may belong to. A path looks into values that are not known. */
const caseBranches = ({ path, cases, ignoreCase }: Config, known: ReadonlyMap<string, readonly string[]>) => {
  const values = path === "" ? known.get("value") : undefined;
  const names = [...cases.map(({ name }) => name), "default"];
  if (values === undefined) return names.map((port) => ({ port, taken: true }));
  const ways = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const value of values) {
    for (const each of cases) {
      const belongs = surelyBelongs(each, value, ignoreCase);
      // Where it cannot be told beforehand, it may go this way or on to the next case.
      if (belongs !== false) ways.get(each.name)?.push(value);
      if (belongs === true) break;
      if (each === cases.at(-1)) ways.get("default")?.push(value);
    }
  }
  return [...ways].map(([port, taken]) => ({
    port,
    taken: taken.length > 0,
    // A wire at the default is there in case.
    ...(taken.length === 0 && port === "default" ? {} : { values: taken }),
  }));
};
