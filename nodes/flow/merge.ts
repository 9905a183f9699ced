import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import * as port from "@/runtime/node/port";

const inputName = (number: number): string => `input${number}`;
const inputNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => inputName(index + 1));

export const flowMerge = defineNode({
  type: "flow/merge",
  version: 1,
  title: { en: "Merge", zh: "汇合" },
  summary: {
    en: "Brings branches together again: passes on the first input, from the top, that got a value.",
    zh: "把分支重新汇合：从上往下，传递第一个收到值的输入。",
  },
  icon: "merge",
  keywords: ["join", "coalesce", "first", "either", "合并", "分支"],
  config: z.object({
    inputs: z
      .int()
      .min(2)
      .max(6)
      .default(2)
      .meta(
        field({
          title: { en: "Number of inputs", zh: "输入数量" },
          help: { en: "From 2 to 6.", zh: "2 到 6 个。" },
          control: "number",
          group: "main",
          step: 1,
        }),
      ),
  }),
  inputs: ({ inputs }): port.Ports =>
    Object.fromEntries(
      inputNames(inputs).map((name, index) => [
        name,
        port.maybe(port.any({ en: `Input ${index + 1}`, zh: `输入 ${index + 1}` })),
      ]),
    ),
  outputs: { value: port.any({ en: "Value", zh: "值" }) },
  join: "any",
  preview: ({ inputs }) => `1–${inputs}`,
  examples: [
    {
      name: "Takes the branch that ran",
      config: {},
      inputs: { input2: "from below" },
      outputs: { value: "from below" },
    },
    {
      name: "Prefers the upper input",
      config: { inputs: 3 },
      inputs: { input3: 3, input2: { two: 2 } },
      outputs: { value: { two: 2 } },
    },
  ],
  run: async ({ config, inputs }) => {
    const first = inputNames(config.inputs).find((name) => Object.hasOwn(inputs, name) && inputs[name] !== undefined);
    return { value: first === undefined ? null : inputs[first] };
  },
});
