import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { labelBranches } from "../lib/labels";
import { rounded } from "../lib/similarity";
import { tunedClassifier } from "../lib/tuned-model-field";

/** Labels with a port of their own: a card with more could not be read. Beyond it the label goes on by its name. */
export const mostLabelPorts = 100;
/** Scores that go on, best first. */
const mostScores = 50;
const longestText = 8_000;

const config = z.object({
  model: tunedClassifier,
  minimumConfidence: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .meta(
      field({
        title: { en: "Least confidence", zh: "最低置信度" },
        help: {
          en: "Texts below it leave by the port “unsure”, for a person or a larger model. Confidences are calibrated: of texts at 0.8, about 80 in 100 are right.",
          zh: "低于此值的文本从“不确定”端口输出，可交给人工或更大的模型。置信度已校准：置信度为 0.8 的文本，约 80% 判断正确。",
        },
        control: "slider",
        group: "main",
        step: 0.05,
      }),
    ),
  reasons: z
    .boolean()
    .default(false)
    .meta(
      field({
        title: { en: "Say why", zh: "给出依据" },
        help: {
          en: "Adds the output “reasons”: the words that spoke for the label. Embeds the text once more for each word, 32 at most.",
          zh: "增加 “reasons” 输出：支持该标签的词语。每个词语会额外计算一次向量，最多 32 次。",
        },
        control: "switch",
        group: "output",
      }),
    ),
});
type Config = z.output<typeof config>;

const reason = z.array(z.object({ words: z.string(), weight: z.number() }));
const fixed = {
  unsure: port.maybe(port.text({ en: "Unsure", zh: "不确定" })),
  label: port.text({ en: "Label", zh: "标签" }),
  confidence: port.number({ en: "Confidence", zh: "置信度" }),
  scores: port.json(z.record(z.string(), z.number()), { en: "Scores", zh: "得分" }),
  version: port.text({ en: "Model version", zh: "模型版本" }),
};
const reasons = { reasons: port.json(reason, { en: "Reasons", zh: "依据" }) };
const taken = new Set([...Object.keys(fixed), "reasons", "error"]);

/** A label that is called like another port, or like what every object has, gets a name beside it. */
const portOf = (label: string): string => (taken.has(label) || label in Object.prototype ? `${label} (label)` : label);

const labelsWithPorts = ({ model }: Config): readonly string[] =>
  model.labels.length > mostLabelPorts ? [] : model.labels;

export const fineTunedClassify = defineNode({
  type: "fine-tuned/classify",
  version: 1,
  title: { en: "Classify with a trained model", zh: "用训练的模型分类" },
  summary: {
    en: "Gives a text a label by a classifier you trained, and sends it out of that label's port, or out of “unsure”.",
    zh: "用你训练的分类模型给文本打标签，并从该标签的端口输出；没有把握时从“不确定”端口输出。",
  },
  icon: "flask-conical",
  keywords: ["intent", "route", "head", "registry", "category", "fine-tuned", "意图", "路由", "微调", "类别", "模型库"],
  config,
  inputs: { text: port.text({ en: "Text", zh: "文本" }) },
  outputs: (settings): port.Ports => ({
    ...Object.fromEntries(
      labelsWithPorts(settings).map((label) => [portOf(label), port.maybe(port.text({ en: label, zh: label }))]),
    ),
    ...fixed,
    ...(settings.reasons ? reasons : {}),
  }),
  preview: ({ model }) => model.reference,
  passes: {},
  branches: (settings) => [
    ...labelBranches(labelsWithPorts(settings).map(portOf)),
    { port: "unsure", taken: settings.minimumConfidence > 0 },
  ],
  emits: ({ model }) => (model.labels.length > 0 ? { label: model.labels } : {}),
  examples: [
    {
      name: "Takes the port of the label",
      config: { model: { reference: "intent@production", labels: ["delivery", "billing"] } },
      inputs: { text: "Where is my parcel?" },
      classifications: [
        {
          version: "intent@3",
          results: [{ label: "delivery", scores: { delivery: 0.9, billing: 0.1 }, reasons: [] }],
        },
      ],
      outputs: {
        delivery: "Where is my parcel?",
        label: "delivery",
        confidence: 0.9,
        scores: { delivery: 0.9, billing: 0.1 },
        version: "intent@3",
      },
    },
    {
      name: "Is unsure, and says what it saw",
      config: { model: { reference: "意图@2", labels: ["物流", "账单"] }, minimumConfidence: 0.8, reasons: true },
      inputs: { text: "有问题想咨询" },
      classifications: [
        {
          version: "意图@2",
          results: [{ label: "账单", scores: { 物流: 0.45, 账单: 0.55 }, reasons: [{ words: "问题", weight: 0.4 }] }],
        },
      ],
      outputs: {
        unsure: "有问题想咨询",
        label: "账单",
        confidence: 0.55,
        scores: { 账单: 0.55, 物流: 0.45 },
        version: "意图@2",
        reasons: [{ words: "问题", weight: 0.4 }],
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { text } = z.object({ text: z.string() }).parse(inputs);
    if (text.trim() === "") throw new NodeFailure("value-invalid", "The text to classify is empty.");
    if (config.model.reference === "") {
      throw new NodeFailure("registry-unknown", "The step has no model yet.", {
        hint: "Choose a trained classifier in the step's settings.",
      });
    }
    if (text.length > longestText) {
      ctx.log("warn", `Only the first ${longestText} characters of the text were looked at.`);
    }
    const { results, version } = await ctx.registry.classify({
      model: config.model.reference,
      input: [text.slice(0, longestText)],
      ...(config.reasons ? { reasons: true } : {}),
    });
    const [result] = results;
    if (result === undefined) throw new NodeFailure("model-protocol", "The model gave no answer.");
    const { label } = result;
    const confidence = result.scores[label] ?? 0;
    const known = labelsWithPorts(config);
    const isSure = confidence >= config.minimumConfidence;
    if (isSure && known.length > 0 && !known.includes(label)) {
      ctx.log(
        "warn",
        `${version} gave "${label}", which had no port when the model was chosen. Choose the model again.`,
      );
    }
    const exit =
      isSure && known.includes(label)
        ? { [portOf(label)]: text }
        : isSure && known.length === 0
          ? {}
          : { unsure: text };
    return {
      ...exit,
      label,
      confidence: rounded(confidence),
      scores: Object.fromEntries(
        Object.entries(result.scores)
          .sort(([, left], [, right]) => right - left)
          .slice(0, mostScores)
          .map(([name, score]) => [name, rounded(score)]),
      ),
      version,
      ...(config.reasons
        ? { reasons: result.reasons.map(({ words, weight }) => ({ words, weight: rounded(weight) })) }
        : {}),
    };
  },
});
