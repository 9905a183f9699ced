import { z } from "zod";
import { field } from "@/runtime/node/field";

/** `<endpoint slug>/<model name>`, or `default`. */
const reference = z.string().trim().min(1).max(300);

export const chatModel = reference.default("default").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "The model that answers. “default” is the workspace's own choice.",
      zh: "由哪个模型作答。“default” 表示工作区的默认模型。",
    },
    control: "chat-model",
    group: "main",
  }),
);

export const embeddingModel = reference.default("default").meta(
  field({
    title: { en: "Embedding model", zh: "向量模型" },
    help: {
      en: "Turns texts into vectors whose nearness is likeness of meaning.",
      zh: "把文本变成向量，意思越相近，向量越接近。",
    },
    control: "embedding-model",
    group: "advanced",
  }),
);

export const visionModel = reference.default("default").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "A model that sees pictures. “default” is the workspace's own choice.",
      zh: "能看图片的模型。“default” 表示工作区的默认模型。",
    },
    control: "vision-model",
    group: "main",
  }),
);

export const moderationModel = reference.default("default").meta(
  field({
    title: { en: "Moderation model", zh: "内容审核模型" },
    help: {
      en: "Scores texts by kinds of harm. “default” is the workspace's own choice.",
      zh: "按危害类型给文本打分。“default” 表示工作区的默认模型。",
    },
    control: "moderation-model",
    group: "advanced",
  }),
);

export const transcriptionModel = reference.default("default").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "A model that writes down speech. “default” is the workspace's own choice.",
      zh: "把语音写成文字的模型。“default” 表示工作区的默认模型。",
    },
    control: "transcription-model",
    group: "main",
  }),
);

export const rerankModel = reference.default("default").meta(
  field({
    title: { en: "Reranking model", zh: "重排模型" },
    help: {
      en: "Scores how well a passage answers a question. “default” is the workspace's own choice.",
      zh: "判断段落与问题的匹配程度。“default” 表示工作区的默认模型。",
    },
    control: "rerank-model",
    group: "main",
  }),
);

export const pictureModel = reference.default("default").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "A model that makes pictures. None ships with Pipewright: add an endpoint that has one on the models page.",
      zh: "能生成图片的模型。Pipewright 不自带：请在模型页面添加带有此类模型的端点。",
    },
    control: "picture-model",
    group: "main",
  }),
);

export const speechModel = reference.default("default").meta(
  field({
    title: { en: "Model", zh: "模型" },
    help: {
      en: "A model that says texts aloud. None ships with Pipewright: add an endpoint that has one on the models page.",
      zh: "把文字读出来的模型。Pipewright 不自带：请在模型页面添加带有此类模型的端点。",
    },
    control: "speech-model",
    group: "main",
  }),
);

export const fallbackModels = z
  .array(reference)
  .max(5)
  .default([])
  .meta(
    field({
      title: { en: "Fallback models", zh: "备用模型" },
      help: {
        en: "Tried in this order when the model fails before its first word.",
        zh: "当模型在输出第一个字之前失败时，按此顺序依次尝试。",
      },
      control: "model-list",
      group: "advanced",
    }),
  );

export const temperature = (initial: number) =>
  z
    .number()
    .min(0)
    .max(2)
    .default(initial)
    .meta(
      field({
        title: { en: "Temperature", zh: "温度" },
        help: {
          en: "0 gives the likeliest answer every time; higher is more varied.",
          zh: "0 总是给出最可能的回答；数值越高，回答越多样。",
        },
        control: "slider",
        group: "main",
        step: 0.1,
      }),
    );

export const maxTokens = (initial: number) =>
  z
    .int()
    .min(1)
    .max(131_072)
    .default(initial)
    .meta(
      field({
        title: { en: "Longest reply", zh: "最长回复" },
        help: {
          en: "The model stops after so many tokens. A token is about ¾ of an English word, or one Chinese character.",
          zh: "模型输出到此数量即停止。一个 token 约等于 ¾ 个英文单词，或一个汉字。",
        },
        control: "number",
        group: "main",
        unit: { en: "tokens", zh: "token" },
      }),
    );

export const seed = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .optional()
  .meta(
    field({
      title: { en: "Seed", zh: "随机种子" },
      help: {
        en: "The same seed and the same input give the same reply, on models that support it.",
        zh: "在支持的模型上，相同的种子与输入会得到相同的回复。",
      },
      control: "number",
      group: "advanced",
    }),
  );
