import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Product",
    product: "What is sold, and what is true of it",
    audience: "For whom",
    brief: "Brief",
    briefTemplate: "Product: {{product}}\nFor: {{audience}}",
    short: "Short copy",
    shortSystem:
      "You write one line of advertising of at most 10 words for the product in the brief. Say only what the brief says. Answer with the line alone.",
    long: "Long copy",
    longSystem:
      "You write an advertisement of two or three sentences for the product in the brief. Name the product. Say only what the brief says: no price, number or promise that is not in it.",
    keywords: "Keywords",
    keywordSystem:
      "You name four keywords under which people would search for the product in the brief. Each is one to three words in small letters.",
    picture: "Picture in words",
    pictureSystem:
      "You describe in one sentence a photo for an advertisement of the product in the brief: the product, where it stands, the light. No people, no text in the picture.",
    draw: "Make the picture (switch on with a picture model)",
    output: "Advertisement",
    image: "Picture",
  },
  zh: {
    input: "产品",
    product: "卖什么，有哪些真实特点",
    audience: "面向谁",
    brief: "简报",
    briefTemplate: "产品：{{product}}\n面向：{{audience}}",
    short: "短文案",
    shortSystem: "你为简报中的产品写一句广告语，不超过 15 个字。只说简报里有的内容，只回答这一句。",
    long: "长文案",
    longSystem:
      "你为简报中的产品写两三句广告文案，要说出产品名称。只说简报里有的内容，不写简报中没有的价格、数字或承诺。",
    keywords: "关键词",
    keywordSystem: "你列出人们搜索简报中的产品时会用的四个关键词，每个不超过 6 个字。",
    picture: "画面描述",
    pictureSystem: "你用一句话描述简报中产品的一张广告照片：产品、所在的地方、光线。画面中没有人，也没有文字。",
    draw: "生成图片（有图片模型后打开）",
    output: "广告",
    image: "图片",
  },
} as const;

const keywordList = {
  type: "object",
  properties: { keywords: { type: "array", items: { type: "string", maxLength: 30 }, minItems: 4, maxItems: 4 } },
  required: ["keywords"],
  additionalProperties: false,
};

export const adCreative: PipelineTemplate = {
  id: "ad-creative",
  title: { en: "One brief, a whole advertisement", zh: "一份简报，一整套广告创意" },
  summary: {
    en: "Makes a line, a longer copy, keywords and a picture in words out of a few facts, four prompts side by side. The picture itself is made by the last step, which is switched off: no model that ships draws. Add an endpoint with a picture model, and switch it on. The built-in model writes plain copy and may praise more than the facts do: read it before it is printed.",
    zh: "根据产品的几条事实，四个提示词并行写出一句广告语、一段长文案、关键词和画面描述。图片由最后一步生成，该步骤默认关闭：自带的模型都不会画图。请添加带有图片模型的端点，再把它打开。内置模型的文案平实，有时会夸大，发布前请过目。",
  },
  category: "industry",
  needs: ["chat-model"],
  slug: "ad-creative",
  document: (locale: Locale) => {
    const text = words[locale];
    const prompt = (label: string, system: string, row: number, maxTokens: number, further: object = {}) => ({
      type: "prompt/chat",
      label,
      config: { model: "default", system, user: "{{brief}}", temperature: 0.3, maxTokens, seed: 7, ...further },
      at: [2, row] as const,
    });
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "product", title: text.product, kind: "text", maxLength: 2000 },
              { name: "audience", title: text.audience, kind: "text", maxLength: 200 },
            ],
          },
          at: [0, 1.5],
        },
        brief: { type: "text/template", label: text.brief, config: { template: text.briefTemplate }, at: [1, 1.5] },
        short: prompt(text.short, text.shortSystem, 0, 40),
        long: prompt(text.long, text.longSystem, 1, 110),
        keywords: prompt(text.keywords, text.keywordSystem, 2, 80, { schema: keywordList, temperature: 0 }),
        picture: prompt(text.picture, text.pictureSystem, 3, 70),
        draw: {
          type: "vision/generate",
          label: text.draw,
          config: { model: "default", prompt: "{{description}}" },
          isOff: true,
          at: [3, 3],
        },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "short", title: text.short },
              { name: "long", title: text.long },
              { name: "keywords", title: text.keywords },
              { name: "picture", title: text.picture },
              { name: "image", title: text.image },
            ],
          },
          at: [4, 1.5],
        },
      },
      [
        "input.product > brief.product",
        "input.audience > brief.audience",
        "brief.text > short.brief",
        "brief.text > long.brief",
        "brief.text > keywords.brief",
        "brief.text > picture.brief",
        "picture.text > draw.description",
        "short.text > output.short",
        "long.text > output.long",
        "keywords.json > output.keywords",
        "picture.text > output.picture",
        "draw.image > output.image",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Water bottle",
      inputs: {
        product: "A steel water bottle of 0.75 litres. It keeps drinks cold for 24 hours and does not leak.",
        audience: "people who cycle to work",
      },
    },
    {
      name: "Language evening",
      inputs: {
        product: "An evening of Spanish conversation, Tuesdays from 18:00 in a café, for beginners.",
        audience: "adults who learn beside work",
      },
    },
  ],
  zh: [
    {
      name: "水壶",
      inputs: { product: "一只 0.75 升的不锈钢水壶，保冷 24 小时，不漏水。", audience: "骑车上班的人" },
    },
    {
      name: "语言角",
      inputs: { product: "每周二 18:00 在咖啡馆的西班牙语会话，面向初学者。", audience: "边工作边学习的成年人" },
    },
  ],
} as const;
