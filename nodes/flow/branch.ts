import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { type Condition, conditionField, describeCondition, holds } from "../lib/condition";

export const flowBranch = defineNode({
  type: "flow/branch",
  version: 1,
  title: { en: "Branch", zh: "条件分支" },
  summary: {
    en: "Tests a value and sends it one way or the other.",
    zh: "检验一个值，并据此决定走哪一条路。",
  },
  icon: "split",
  keywords: ["if", "else", "condition", "switch", "route", "如果", "否则", "条件", "判断"],
  config: z.object({
    conditions: z
      .array(conditionField)
      .min(1)
      .max(20)
      .default([{ path: "", operator: "contains", value: "" }])
      .meta(
        field({
          title: { en: "Conditions", zh: "条件" },
          control: "rows",
          group: "main",
        }),
      ),
    combine: z
      .enum(["all", "any"])
      .default("all")
      .meta(
        field({
          title: { en: "Yes when", zh: "何时为“是”" },
          control: "select",
          group: "main",
          options: {
            all: { en: "all conditions hold", zh: "全部条件成立" },
            any: { en: "any condition holds", zh: "任一条件成立" },
          },
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
        }),
      ),
  }),
  inputs: {
    value: port.any({ en: "Value to test", zh: "待检验的值" }),
    pass: port.maybe(port.any({ en: "Value to send on", zh: "要传递的值" })),
  },
  outputs: {
    yes: port.maybe(port.any({ en: "Yes", zh: "是" })),
    no: port.maybe(port.any({ en: "No", zh: "否" })),
  },
  preview: ({ conditions, combine }) => conditions.map(describeCondition).join(combine === "all" ? " & " : " | "),
  passes: {},
  examples: [
    {
      name: "A word in a text",
      config: { conditions: [{ operator: "contains", value: "refund" }] },
      inputs: { value: "I want a Refund now" },
      outputs: { yes: "I want a Refund now" },
    },
    {
      name: "A number in JSON",
      config: { conditions: [{ path: "amount", operator: "greater", value: "1000" }] },
      inputs: { value: { amount: 250 } },
      outputs: { no: { amount: 250 } },
    },
    {
      name: "Tests one value and sends on another",
      config: { conditions: [{ operator: "equals", value: "投诉" }] },
      inputs: { value: "投诉", pass: "快递三天没动" },
      outputs: { yes: "快递三天没动" },
    },
  ],
  run: async ({ config, inputs }) => {
    const results: boolean[] = [];
    for (const condition of config.conditions) results.push(await test(condition, inputs.value, config.ignoreCase));
    const yes = config.combine === "all" ? results.every(Boolean) : results.some(Boolean);
    const sent = inputs.pass === undefined ? inputs.value : inputs.pass;
    return yes ? { yes: sent } : { no: sent };
  },
});

const test = async (condition: Condition, value: unknown, ignoreCase: boolean): Promise<boolean> => {
  const result = await holds(condition, value, ignoreCase);
  if (result.ok) return result.value;
  throw new NodeFailure("value-invalid", `"${describeCondition(condition)}" cannot be tested: ${result.error}`);
};
