import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Message",
    check: "Look for personal data",
    decide: "Where may it go?",
    route: "Private or public?",
    private: "Private endpoint",
    public: "Public endpoint",
    system:
      "You answer messages to the office of a housing association. Reply in one short, polite sentence: name what the message is about and say that we will look after it. State no facts.",
    examples: [
      {
        user: "When is the office open next week?",
        assistant: "Thank you for asking about our opening hours next week; we will send them to you.",
      },
      {
        user: "The light in the stairwell is broken. Please call me.",
        assistant:
          "Thank you for telling us that the light in the stairwell is broken; we will look after it and call you.",
      },
      {
        user: "My neighbour plays loud music every night.",
        assistant: "We are sorry about the loud music at night and will talk to your neighbour.",
      },
    ],
    merge: "The reply",
    output: "Result",
    reply: "Reply",
    where: "Where it went",
    why: "Why",
    findings: "What was found",
    places: { private: "private", public: "public" },
    reasons: { found: "Personal data was found: ", none: "No personal data was found." },
  },
  zh: {
    input: "消息",
    check: "查找个人信息",
    decide: "可以发到哪里？",
    route: "私有还是公共？",
    private: "私有接入点",
    public: "公共接入点",
    system: "你负责回复物业办公室收到的消息。用一句简短礼貌的话回复：先复述来信所说的事情，再说我们会处理。",
    examples: [
      { user: "下周办公室几点开门？", assistant: "感谢您询问下周的开门时间，我们会尽快发给您。" },
      { user: "楼道的灯坏了，请打电话给我。", assistant: "谢谢您告诉我们楼道的灯坏了，我们会尽快处理并与您联系。" },
      { user: "邻居每天晚上放很响的音乐。", assistant: "很抱歉晚上的音乐打扰了您，我们会与邻居沟通。" },
    ],
    merge: "回复",
    output: "结果",
    reply: "回复",
    where: "发往哪里",
    why: "原因",
    findings: "检查结果",
    places: { private: "私有", public: "公共" },
    reasons: { found: "发现个人信息：", none: "没有发现个人信息。" },
  },
} as const;

const decideCode = (locale: Locale): string => `const places = ${JSON.stringify(words[locale].places)};
const reasons = ${JSON.stringify(words[locale].reasons)};
const kinds = [...new Set(inputs.findings.items.map(({ kind }) => kind))];
// What was found but is not listed counts as well: when in doubt, private.
const personal = inputs.findings.counts.personal > 0 || kinds.length > 0;
return {
  place: personal ? places.private : places.public,
  reason: personal ? reasons.found + kinds.join(", ") : reasons.none,
};`;

export const hybridRouting: PipelineTemplate = {
  id: "hybrid-routing",
  title: { en: "Keep personal data on your own endpoint", zh: "个人信息只发往自有接入点" },
  summary: {
    en: "Sends messages with personal data to one model and all others to another; the trace names the endpoint of every call, which proves where a message went. Both steps use the default model until you choose your private and your public endpoint in them. A detector of personal data finds most of it, never all.",
    zh: "含个人信息的消息发往一个模型，其余发往另一个；轨迹记录每次调用的接入点，可以证明消息去了哪里。两个步骤先都使用默认模型，请分别选择私有和公共接入点。个人信息检测能发现大部分，但不能保证全部。",
  },
  category: "safety",
  needs: ["chat-model"],
  slug: "hybrid-routing",
  document: (locale: Locale) => {
    const text = words[locale];
    const model = (label: string, row: number) => ({
      type: "prompt/chat",
      label,
      config: {
        model: "default",
        system: text.system,
        user: "{{message}}",
        examples: text.examples.map((example) => ({ ...example })),
        temperature: 0,
        maxTokens: 60,
        stop: ["\n"],
      },
      at: [4, row] as const,
    });
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "message", title: text.input, kind: "text", maxLength: 2000 }] },
          at: [0, 1],
        },
        check: {
          type: "safety/check",
          label: text.check,
          config: { checkWords: false, checkToxicity: false, checkInjection: false, findPersonal: true },
          at: [1, 1],
        },
        decide: {
          type: "tool/code",
          label: text.decide,
          config: {
            code: decideCode(locale),
            inputs: [{ name: "findings", kind: "json" }],
            outputs: [
              { name: "place", kind: "text" },
              { name: "reason", kind: "text" },
            ],
          },
          at: [2, 1],
        },
        route: {
          type: "flow/branch",
          label: text.route,
          config: { conditions: [{ path: "", operator: "equals", value: text.places.private }] },
          at: [3, 1],
        },
        private: model(text.private, 0),
        public: model(text.public, 2),
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 2 }, at: [5, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "reply", title: text.reply },
              { name: "place", title: text.where },
              { name: "reason", title: text.why },
              { name: "findings", title: text.findings },
            ],
          },
          at: [6, 1],
        },
      },
      [
        "input.message > check.text",
        "check.findings > decide.findings",
        "decide.place > route.value",
        "input.message > route.pass",
        "route.yes > private.message",
        "route.no > public.message",
        "private.text > merge.input1",
        "public.text > merge.input2",
        "merge.value > output.reply",
        "decide.place > output.place",
        "decide.reason > output.reason",
        "check.findings > output.findings",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "With personal data",
      inputs: { message: "The heating in my flat is cold again. Please call me, Anna Berg, at (212) 736-5000." },
    },
    { name: "Without", inputs: { message: "Is the laundry room open on Sundays?" } },
  ],
  zh: [
    { name: "含个人信息", inputs: { message: "我家暖气又不热了，请打电话给我，13912345678，王芳。" } },
    { name: "不含", inputs: { message: "洗衣房周日开门吗？" } },
  ],
} as const;
