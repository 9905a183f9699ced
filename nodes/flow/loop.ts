import { z } from "zod";
import { type BodyInterface, frameLimits, noBody } from "@/runtime/node/body";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { inWords } from "@/runtime/node/value-limits";
import { conditionHolds, conditionLength, conditionProblem } from "../lib/loop-condition";
import { startBody } from "../lib/start-body";

/** An input field of the body that the loop itself fills: 1 in the first round. */
const roundField = "round";
/** An output of the body that ends the loop after its round. */
const exitOutput = "exit";
const roundsPort = "rounds";
const endedPort = "ended";

export const flowLoop = defineNode({
  type: "flow/loop",
  version: 1,
  title: { en: "Loop", zh: "循环" },
  summary: {
    en: "Runs its steps again and again until a condition holds; what a round gives is what the next one begins with.",
    zh: "反复运行内部步骤，直到条件成立；每一轮的结果是下一轮的起点。",
  },
  icon: "repeat",
  keywords: ["while", "until", "repeat", "iterate", "refine", "retry", "循环", "直到", "重复", "迭代", "改进"],
  config: z.object({
    until: z
      .string()
      .trim()
      .max(conditionLength)
      .default("")
      .superRefine((expression, context) => {
        const message = conditionProblem(expression);
        if (message !== null) context.addIssue({ code: "custom", message });
      })
      .meta(
        field({
          title: { en: "Until (CEL)", zh: "直到（CEL）" },
          help: {
            en: "Looked at after each round, over state (inputs of the steps and what they gave) and round (1, 2, …), e.g. state.score >= 8 || round == 5. Empty: until the most rounds.",
            zh: "每轮之后检验，可用 state（内部步骤的输入与其结果）和 round（1、2……），例如 state.score >= 8 || round == 5。留空则运行到最多轮数。",
          },
          control: "multiline",
          group: "main",
        }),
      ),
    maximum: z
      .int()
      .min(1)
      .max(frameLimits.rounds)
      .default(5)
      .meta(
        field({
          title: { en: "Most rounds", zh: "最多轮数" },
          help: { en: "From 1 to 1000.", zh: "1 到 1000。" },
          control: "number",
          group: "main",
          step: 1,
        }),
      ),
    atMaximum: z
      .enum(["continue", "fail"])
      .default("continue")
      .meta(
        field({
          title: { en: "Where the condition never holds", zh: "条件始终不成立时" },
          control: "select",
          group: "main",
          options: {
            continue: { en: "go on with the last round", zh: "以最后一轮的结果继续" },
            fail: { en: "fail", zh: "判为失败" },
          },
        }),
      ),
  }),
  container: {
    runs: "sequence",
    start: startBody([{ name: "value", kind: "json" }], { name: "value", from: "value" }),
  },
  inputs: (_, body = noBody): port.Ports =>
    Object.fromEntries(Object.entries(body.inputs).filter(([name]) => name !== roundField)),
  outputs: (_, body = noBody): port.Ports => ({
    ...resultPorts(body),
    [roundsPort]: port.number({ en: "Rounds", zh: "轮数" }),
    [endedPort]: port.text({ en: "Ended by", zh: "结束原因" }),
  }),
  emits: () => ({ [endedPort]: ["condition", "exit", "maximum"] }),
  passes: {},
  preview: ({ until, maximum }) => (until === "" ? `≤ ${maximum}` : `${until} · ≤ ${maximum}`),
  examples: [
    {
      name: "Ends as soon as the condition holds",
      config: { until: "round == 2" },
      body: startBody([{ name: "value", kind: "json" }], { name: "value", from: "value" }),
      inputs: { value: "draft" },
      outputs: { value: "draft", rounds: 2, ended: "condition" },
    },
    {
      name: "Counts its rounds up to the most",
      config: { maximum: 3 },
      body: startBody([{ name: "round", kind: "number" }], { name: "last", from: "round" }),
      inputs: {},
      outputs: { last: 3, rounds: 3, ended: "maximum" },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { until, maximum, atMaximum } = config;
    const names = Object.keys(resultPorts(ctx.frames.body));
    let state: Readonly<Record<string, unknown>> = { ...(inputs as object) };
    ctx.frames.expect(maximum, true);
    for (let round = 1; ; round++) {
      const end = await ctx.frames.run(round - 1, { ...state, [roundField]: round });
      if (!end.ok) {
        const { code, message, hint, passing, retryAfterMs } = end.error;
        throw new NodeFailure(code, `Round ${round}: ${message}`, {
          ...(hint === undefined ? {} : { hint }),
          ...(passing === undefined ? {} : { passing }),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
      }
      const { [exitOutput]: exit, ...given } = end.outputs;
      state = { ...state, ...given };
      const done = (ended: "condition" | "exit" | "maximum") => ({
        ...Object.fromEntries(names.filter((name) => Object.hasOwn(state, name)).map((name) => [name, state[name]])),
        [roundsPort]: round,
        [endedPort]: ended,
      });
      if (exit !== undefined && exit !== null && exit !== false) return done("exit");
      const holds = conditionHolds(until, state, round);
      if (!holds.ok) {
        throw new NodeFailure("value-invalid", `The condition cannot be tested after round ${round}: ${holds.error}`, {
          hint: "Correct the condition, or give the values that it asks for.",
        });
      }
      if (holds.value) return done("condition");
      if (round < maximum) continue;
      const said = `The condition did not hold in ${inWords(maximum)} rounds: ${until}`;
      if (until !== "" && atMaximum === "fail") {
        throw new NodeFailure("node-failed", said, { hint: "Allow more rounds, or loosen the condition." });
      }
      if (until !== "") ctx.log("warn", said);
      return done("maximum");
    }
  },
});

const resultPorts = ({ outputs }: BodyInterface): port.Ports => {
  const taken = [roundsPort, endedPort].find((name) => Object.hasOwn(outputs, name));
  if (taken !== undefined)
    throw new Error(`A result inside is called "${taken}", which is a port of the loop. Rename it.`);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== exitOutput));
};
