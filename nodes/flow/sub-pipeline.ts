import { z } from "zod";
import { noBody } from "@/runtime/node/body";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import type * as port from "@/runtime/node/port";
import { startBody } from "../lib/start-body";

/** Which pipeline it runs; `reference` is empty where it holds steps of its own. The version that runs stands in its body. */
const pipeline = z.object({
  reference: z.string().max(64).default(""),
  name: z.string().max(200).default(""),
  revisionId: z.string().max(64).default(""),
  number: z.int().min(0).default(0),
  /** Takes the version that is published, each time this one is run or published. */
  follows: z.boolean().default(false),
});

export const flowSubPipeline = defineNode({
  type: "flow/sub-pipeline",
  version: 1,
  title: { en: "Sub-pipeline", zh: "子流水线" },
  summary: {
    en: "Runs another pipeline as one step, or a group of steps of its own.",
    zh: "把另一条流水线作为一个步骤运行，或把若干步骤合为一组。",
  },
  icon: "workflow",
  keywords: ["call", "function", "reuse", "group", "subflow", "subworkflow", "调用", "复用", "分组", "子流程", "封装"],
  config: z.object({
    pipeline: pipeline.default({ reference: "", name: "", revisionId: "", number: 0, follows: false }).meta(
      field({
        title: { en: "Pipeline", zh: "流水线" },
        help: {
          en: "Its inputs and outputs become the ports. Without one, the steps inside are this pipeline's own.",
          zh: "它的输入和输出成为端口。不选择时，内部步骤属于当前流水线。",
        },
        control: "sub-pipeline",
        group: "main",
      }),
    ),
  }),
  container: {
    runs: "once",
    isFixed: ({ pipeline: chosen }) => (chosen as { reference?: unknown } | undefined)?.reference !== "",
    start: startBody([{ name: "text" }], { name: "text", from: "text" }),
  },
  inputs: (_, body = noBody): port.Ports => body.inputs,
  outputs: (_, body = noBody): port.Ports => body.outputs,
  preview: ({ pipeline: chosen }) => (chosen.reference === "" ? "" : `${chosen.name} · ${chosen.number}`),
  examples: [
    {
      name: "A group of steps",
      config: {},
      body: startBody([{ name: "text" }], { name: "text", from: "text" }),
      inputs: { text: "passed through" },
      outputs: { text: "passed through" },
    },
  ],
  run: async ({ inputs, ctx }) => {
    ctx.frames.expect(1);
    const end = await ctx.frames.run(0, inputs as Readonly<Record<string, unknown>>);
    if (end.ok) return end.outputs;
    const { code, message, hint, passing, retryAfterMs } = end.error;
    throw new NodeFailure(code, message, {
      ...(hint === undefined ? {} : { hint }),
      ...(passing === undefined ? {} : { passing }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  },
});
