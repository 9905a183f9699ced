import { z } from "zod";
import type { NodeContext } from "@/runtime/node/context";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { checkLabels, labelBranches, labelLimits, labelName, labelPorts } from "../lib/labels";
import { embeddingModel } from "../lib/model-fields";
import { byMean, byNearest, rounded } from "../lib/similarity";

/** Endpoints take so many texts, of such a length in characters, in one request. */
export const classifierLimits = { examples: 200, text: 8000 } as const;

/** Sharpness of the confidences: of 0.03, 0.05, 0.07 and 0.1 the one with the least log loss on held-out complaints, English and Chinese. */
const temperature = 0.03;

/** Lines that are still empty in the form are no examples. */
const isWritten = (example: string): boolean => example.trim() !== "";

const config = z
  .object({
    labels: z
      .array(
        z.object({
          name: labelName.meta(field({ title: { en: "Label", zh: "标签" } })),
          examples: z
            .array(z.string().max(2000))
            .max(50)
            .refine((examples) => examples.some(isWritten), "Give each label at least one example.")
            .meta(field({ title: { en: "Examples", zh: "示例" }, control: "string-list" })),
        }),
      )
      .min(labelLimits.least)
      .max(labelLimits.most)
      .default([
        { name: "positive", examples: ["I love it, thank you!", "非常满意，谢谢！"] },
        { name: "negative", examples: ["This is awful.", "太差了，很失望。"] },
      ])
      .meta(
        field({
          title: { en: "Labels", zh: "标签" },
          help: {
            en: "Five to ten examples a label do well: real sentences, in the language of your texts, different from each other.",
            zh: "每个标签给五到十个示例效果较好：用真实的句子，语言与待分类文本一致，彼此之间要有差异。",
          },
          control: "labels",
          group: "main",
        }),
      ),
    otherLabel: labelName.default("other").meta(
      field({
        title: { en: "Label for everything else", zh: "其余内容的标签" },
        help: {
          en: "Texts that reach none of the minimums below. It may be one of the labels above.",
          zh: "达不到下方最低要求的文本归入此标签，也可以与上面的某个标签同名。",
        },
        control: "text",
        group: "output",
      }),
    ),
    minimumConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta(
        field({
          title: { en: "Least confidence", zh: "最低置信度" },
          help: {
            en: "How clearly the best label must lead the others: 0 takes the best one always.",
            zh: "最佳标签须比其他标签领先多少；0 表示总是采用最佳标签。",
          },
          control: "slider",
          group: "output",
          step: 0.05,
        }),
      ),
    minimumSimilarity: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta(
        field({
          title: { en: "Least similarity", zh: "最低相似度" },
          help: {
            en: "How close the text must be to the label's examples. Raise it to turn away texts about something else; good values differ between models.",
            zh: "文本与标签示例须达到的接近程度。调高可排除无关文本；合适的值因模型而异。",
          },
          control: "slider",
          group: "output",
          step: 0.05,
        }),
      ),
    method: z
      .enum(["mean", "nearest"])
      .default("mean")
      .meta(
        field({
          title: { en: "Method", zh: "方法" },
          help: {
            en: "The mean is steadier with few examples; the nearest examples do better when a label covers unlike things.",
            zh: "示例较少时取平均更稳定；一个标签包含差异较大的内容时，最近示例效果更好。",
          },
          control: "select",
          group: "advanced",
          options: {
            mean: { en: "Mean of each label's examples", zh: "各标签示例的平均" },
            nearest: { en: "Vote of the nearest examples", zh: "最近示例投票" },
          },
        }),
      ),
    neighbours: z
      .int()
      .min(1)
      .max(50)
      .default(5)
      .meta(
        field({
          title: { en: "Nearest examples", zh: "最近示例数" },
          help: { en: "How many of them vote.", zh: "参与投票的示例数量。" },
          control: "number",
          group: "advanced",
        }),
      ),
    model: embeddingModel,
  })
  .superRefine(({ labels }, context) => {
    checkLabels(labels, context);
    if (labels.reduce((sum, { examples }) => sum + examples.length, 0) > classifierLimits.examples) {
      const message = `Give at most ${classifierLimits.examples} examples in all.`;
      context.addIssue({ code: "custom", message, path: ["labels"] });
    }
  });

type Config = z.output<typeof config>;

/** Labels that can come out: the one for everything else only where a minimum may not be reached. */
const given = ({ labels, otherLabel, minimumConfidence, minimumSimilarity }: Config): readonly string[] => [
  ...new Set([...labels.map(({ name }) => name), ...(minimumConfidence + minimumSimilarity > 0 ? [otherLabel] : [])]),
];

export const classifierExamples = defineNode({
  type: "classifier/examples",
  version: 1,
  title: { en: "Classify by examples", zh: "按示例分类" },
  summary: {
    en: "Gives a text the label whose examples are nearest in meaning, and sends it out of that label's port.",
    zh: "找出示例意思最接近的标签，并从该标签的端口输出文本。",
  },
  icon: "tags",
  keywords: [
    "category",
    "classify",
    "sort",
    "label",
    "分类",
    "intent",
    "route",
    "embedding",
    "similarity",
    "topic",
    "意图",
    "类别",
    "路由",
    "向量",
    "主题",
  ],
  config,
  inputs: { text: port.text({ en: "Text", zh: "文本" }) },
  outputs: ({ labels, otherLabel }): port.Ports => ({
    ...labelPorts([...labels.map(({ name }) => name), otherLabel]),
    label: port.text({ en: "Label", zh: "标签" }),
    confidence: port.number({ en: "Confidence", zh: "置信度" }),
    margin: port.number({ en: "Lead over the second", zh: "领先第二名" }),
    scores: port.json(z.record(z.string(), z.number()), { en: "Scores", zh: "得分" }),
  }),
  preview: ({ labels }) => labels.map(({ name }) => name).join(" · "),
  passes: {},
  branches: (settings) => labelBranches(given(settings)),
  emits: (settings) => ({ label: given(settings) }),
  examples: [
    {
      name: "Finds the nearest label",
      config: {
        labels: [
          { name: "delivery", examples: ["late parcel", "lost parcel"] },
          { name: "billing", examples: ["charged twice"] },
        ],
      },
      inputs: { text: "where is my parcel" },
      vectors: {
        "where is my parcel": [1, 0],
        "late parcel": [1, 0],
        "lost parcel": [1, 0],
        "charged twice": [0, 1],
      },
      outputs: {
        delivery: "where is my parcel",
        label: "delivery",
        confidence: 1,
        margin: 1,
        scores: { delivery: 1, billing: 0 },
      },
    },
    {
      name: "Turns away what is like none",
      config: {
        labels: [
          { name: "物流", examples: ["快递太慢"] },
          { name: "账单", examples: ["重复扣款"] },
        ],
        otherLabel: "其他",
        minimumConfidence: 0.6,
      },
      inputs: { text: "你好" },
      vectors: { 你好: [1, 1], 快递太慢: [1, 0], 重复扣款: [0, 1] },
      outputs: { 其他: "你好", label: "其他", confidence: 0.5, margin: 0, scores: { 物流: 0.5, 账单: 0.5 } },
    },
    {
      name: "Lets the nearest examples vote",
      config: {
        labels: [
          { name: "a", examples: ["a1", "a2"] },
          { name: "b", examples: ["b1"] },
        ],
        method: "nearest",
        neighbours: 1,
      },
      inputs: { text: "t" },
      vectors: { t: [1, 0], a1: [0, 1], a2: [1, 0], b1: [0.6, 0.8] },
      outputs: { a: "t", label: "a", confidence: 1, margin: 1, scores: { a: 1, b: 0 } },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { text } = z.object({ text: z.string() }).parse(inputs);
    if (text.trim() === "") throw new NodeFailure("value-invalid", "The text to classify is empty.");
    const known = config.labels.map(({ name, examples }) => ({ name, texts: examples.filter(isWritten) }));
    const texts = known.flatMap((label) => label.texts);
    // One request, so that text and examples are read by one model and lie in one space.
    const { vectors } = await ctx.model.embed({ model: config.model, input: [beginning(text, ctx.log), ...texts] });
    const [probe, ...rest] = vectors;
    if (probe === undefined || rest.length !== texts.length) {
      throw new NodeFailure("model-protocol", `${vectors.length} vectors came back for ${texts.length + 1} texts.`);
    }
    if (rest.some(({ length }) => length !== probe.length)) {
      throw new NodeFailure("model-protocol", "The vectors that came back are of different lengths.");
    }
    let next = 0;
    const labels = known.map((label) => {
      next += label.texts.length;
      return { name: label.name, vectors: rest.slice(next - label.texts.length, next) };
    });
    const ranked =
      config.method === "mean"
        ? byMean(probe, labels, temperature)
        : byNearest(probe, labels, temperature, config.neighbours);
    const [best, second] = ranked;
    const sure =
      best !== undefined && best.confidence >= config.minimumConfidence && best.similarity >= config.minimumSimilarity;
    const label = sure ? best.name : config.otherLabel;
    const confidence = best?.confidence ?? 0;
    ctx.log(
      "debug",
      `Similarities: ${ranked.map(({ name, similarity }) => `${name} ${rounded(similarity)}`).join(", ")}`,
    );
    return {
      [label]: text,
      label,
      confidence: rounded(confidence),
      margin: rounded(confidence - (second?.confidence ?? 0)),
      scores: Object.fromEntries(ranked.map((each) => [each.name, rounded(each.confidence)])),
    };
  },
});

const beginning = (text: string, log: NodeContext["log"]): string => {
  if (text.length <= classifierLimits.text) return text;
  log("warn", `Only the first ${classifierLimits.text} characters of the text were looked at.`);
  return text.slice(0, classifierLimits.text);
};
