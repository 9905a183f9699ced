import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Product and style",
    facts: "Facts about the product",
    audience: "For whom",
    tone: "Tone",
    banned: "Words not to be used, with commas",
    write: "Write by AIDA",
    system: `You write short advertising copy after AIDA, one sentence each:
attention: a line that names the need of the readers. interest: what the product is. desire: what they gain. action: what to do now.
Write whole sentences. Use the facts alone. Tone: {{tone}}. For: {{audience}}.`,
    check: "Hold it against the style guide",
    copy: "Put it together",
    template: `**{{copy.attention}}**

{{copy.interest}} {{copy.desire}}

{{copy.action}}`,
    output: "Result",
    copyTitle: "Copy",
    verdict: "Style guide",
    parts: "Parts",
    say: {
      good: "It keeps to the style guide.",
      banned: "Banned words: ",
      number: "Figures that no fact holds: ",
      long: "Sentences of more than 30 words: ",
      promised: "Promises that no fact holds: ",
      shout: "Too many exclamation marks.",
      empty: "Parts without text: ",
    },
  },
  zh: {
    input: "产品与风格",
    facts: "产品事实",
    audience: "面向人群",
    tone: "语气",
    banned: "禁用词，用逗号分隔",
    write: "按 AIDA 写文案",
    system: `你按 AIDA 写简短的广告文案，每部分一句话：
attention：点出读者的需要。interest：产品是什么。desire：读者得到什么。action：现在该做什么。
只用给出的事实，用中文写。语气：{{tone}}。面向：{{audience}}。`,
    check: "对照风格指南",
    copy: "合成文案",
    template: `**{{copy.attention}}**

{{copy.interest}}{{copy.desire}}

{{copy.action}}`,
    output: "结果",
    copyTitle: "文案",
    verdict: "风格检查",
    parts: "各部分",
    say: {
      good: "符合风格指南。",
      banned: "禁用词：",
      number: "事实中没有的数字：",
      long: "超过六十字的句子：",
      promised: "事实中没有的承诺：",
      shout: "感叹号太多。",
      empty: "没有内容的部分：",
    },
  },
} as const;

const part = { type: "string", maxLength: 160 };
const schema = {
  type: "object",
  properties: { attention: part, interest: part, desire: part, action: part },
  required: ["attention", "interest", "desire", "action"],
  additionalProperties: false,
};

/** A style guide that is held by rules: what a rule can see, no model need judge. */
const checkCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].say)};
const chinese = ${JSON.stringify(locale === "zh")};
const parts = Object.entries(inputs.copy);
const text = parts.map(([, value]) => String(value)).join("\\n");
const folded = text.toLowerCase();
const found = [];
const banned = inputs.banned.split(/[,，、]/).map((word) => word.trim().toLowerCase()).filter((word) => word !== "");
const letter = /[\\p{L}\\p{N}]/u;
const holds = (word) => {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    // A Chinese word has no edges; any other one is whole.
    if (/\\p{Script=Han}/u.test(word)) return true;
    if (!letter.test(folded[at - 1] ?? " ") && !letter.test(folded[at + word.length] ?? " ")) return true;
  }
  return false;
};
const used = banned.slice(0, 200).filter(holds);
if (used.length > 0) found.push(say.banned + used.join(", "));
const figures = (of) => of.match(/\\d+(?:[.,]\\d+)?/g) ?? [];
const known = new Set(figures(inputs.facts));
const made = [...new Set(figures(text).filter((figure) => !known.has(figure)))];
if (made.length > 0) found.push(say.number + made.join(", "));
// What advertising adds by itself, and what is dear when it is not true.
const promises = chinese
  ? ["免费", "包退", "保证", "永久", "独家", "限时", "折", "赠"]
  : ["free", "guarantee", "guaranteed", "refund", "discount", "exclusive", "lifetime", "award"];
const promised = promises.filter((word) => holds(word) && !inputs.facts.toLowerCase().includes(word));
if (promised.length > 0) found.push(say.promised + promised.join(", "));
const long = parts.filter(([, value]) => (chinese ? [...String(value)].length > 60 : String(value).split(/\\s+/).length > 30));
if (long.length > 0) found.push(say.long + long.map(([name]) => name).join(", "));
const empty = parts.filter(([, value]) => String(value).trim() === "");
if (empty.length > 0) found.push(say.empty + empty.map(([name]) => name).join(", "));
if ((text.match(/[!！]/g) ?? []).length > 1) found.push(say.shout);
return { verdict: found.length === 0 ? say.good : found.join(" ") };`;

export const marketingCopy: PipelineTemplate = {
  id: "marketing-copy",
  title: { en: "Advertising copy under a style guide", zh: "遵循风格指南的营销文案" },
  summary: {
    en: "Writes attention, interest, desire and action from the facts of a product, and holds the result against the style guide by rules: banned words, figures and promises that no fact holds, long sentences, exclamation marks; what else is made up, a person has to see. The built-in model writes plain sentences; choose a larger one for copy with an idea in it.",
    zh: "根据产品事实写出注意、兴趣、欲望和行动四部分文案，并用规则对照风格指南：禁用词、事实中没有的数字和承诺、过长的句子、感叹号；其他编造的内容需要人来看。内置模型只能写出朴素的句子；想要有创意的文案，请换成更大的模型。",
  },
  category: "customer-service",
  needs: ["chat-model"],
  slug: "marketing-copy",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "facts", title: text.facts, kind: "text", maxLength: 4000 },
              { name: "audience", title: text.audience, kind: "text", maxLength: 200 },
              { name: "tone", title: text.tone, kind: "text", maxLength: 200 },
              { name: "banned", title: text.banned, kind: "text", maxLength: 2000 },
            ],
          },
          at: [0, 1],
        },
        write: {
          type: "prompt/chat",
          label: text.write,
          config: {
            model: "default",
            system: text.system,
            user: "{{facts}}",
            schema,
            temperature: 0,
            maxTokens: 220,
          },
          at: [1, 0],
        },
        check: {
          type: "tool/code",
          label: text.check,
          config: {
            code: checkCode(locale),
            inputs: [
              { name: "copy", kind: "json" },
              { name: "facts", kind: "text" },
              { name: "banned", kind: "text" },
            ],
            outputs: [{ name: "verdict", kind: "text" }],
          },
          at: [2, 2],
        },
        copy: { type: "text/template", label: text.copy, config: { template: text.template }, at: [2, 0] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "copy", title: text.copyTitle },
              { name: "verdict", title: text.verdict },
              { name: "parts", title: text.parts },
            ],
          },
          at: [3, 1],
        },
      },
      [
        "input.facts > write.facts",
        "input.audience > write.audience",
        "input.tone > write.tone",
        "write.json > check.copy",
        "input.facts > check.facts",
        "input.banned > check.banned",
        "write.json > copy.copy",
        "copy.text > output.copy",
        "check.verdict > output.verdict",
        "write.json > output.parts",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "A kettle",
      inputs: {
        facts: "The Fjord kettle boils a litre of water in 3 minutes, keeps it warm for 2 hours, and costs 49 euros.",
        audience: "people who drink tea at work",
        tone: "calm and friendly",
        banned: "revolutionary, best, cheap",
      },
    },
    {
      name: "A course",
      inputs: {
        facts: "The evening course in first aid takes 4 evenings, begins on 12 January, and has 10 places.",
        audience: "parents of small children",
        tone: "serious and warm",
        banned: "guarantee, amazing",
      },
    },
  ],
  zh: [
    {
      name: "电水壶",
      inputs: {
        facts: "峡湾电水壶3分钟烧开一升水，保温2小时，售价49元。",
        audience: "上班时喝茶的人",
        tone: "平和友好",
        banned: "最好、第一、革命性",
      },
    },
    {
      name: "急救课",
      inputs: {
        facts: "急救晚间课程共4个晚上，1月12日开课，名额10人。",
        audience: "小孩的父母",
        tone: "认真而温暖",
        banned: "保证、惊人",
      },
    },
  ],
} as const;
