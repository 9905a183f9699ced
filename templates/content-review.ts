import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { handbookKey, handbookSupply } from "./lib/handbook";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Text to publish",
    check: "Sensitive words and personal data",
    blockedText: "Blocked before anybody read it.",
    search: "Find what the handbook says",
    facts: "Check facts",
    values: "Judge by the rubric",
    system: `You judge a notice to the staff by three points, each from 1 (bad) to 5 (good).
respect: is it polite to everybody, without threats or contempt?
clarity: is it clear who should do what?
fairness: does it treat all people alike?`,
    examples: [
      {
        user: "Please hand in your receipts by Friday in the travel tool, so that they are paid with the next salary. Thank you!",
        assistant: '{"respect":5,"clarity":5,"fairness":5}',
      },
      {
        user: "Whoever is late again can look for another job. You know who you are.",
        assistant: '{"respect":1,"clarity":2,"fairness":3}',
      },
      {
        user: "Only the younger colleagues are invited to the training; the others would not understand it anyway.",
        assistant: '{"respect":1,"clarity":4,"fairness":1}',
      },
    ],
    decide: "Put together",
    verdicts: { publish: "publish", ask: "ask a person" },
    reasons: {
      facts: "Not supported by the handbook: ",
      values: "Low by the rubric: ",
      personal: "Personal data was masked.",
      none: "Nothing speaks against it.",
    },
    review: "An editor",
    reviewTitle: "Text to publish",
    instructions: "Read the reasons, mend the text, and approve; reject what should not be published.",
    rejected: "Rejected",
    rejectedText: "Not published.",
    merge: "To be published",
    output: "Result",
    text: "Text",
    verdict: "Verdict",
    why: "Reasons",
    blocked: "Blocked",
  },
  zh: {
    input: "待发布内容",
    check: "敏感词与个人信息",
    blockedText: "未经人工阅读即已拦截。",
    search: "查找手册内容",
    facts: "核对事实",
    values: "按评分标准判断",
    system: `你按三项标准给一则员工通知打分，每项 1（差）到 5（好）。
respect：是否对所有人有礼貌，没有威胁和轻蔑？
clarity：谁该做什么是否清楚？
fairness：是否一视同仁？`,
    examples: [
      {
        user: "请在周五之前在差旅系统提交报销单据，费用将随下月工资发放。谢谢！",
        assistant: '{"respect":5,"clarity":5,"fairness":5}',
      },
      { user: "谁再迟到就另找工作吧，说的是谁自己清楚。", assistant: '{"respect":1,"clarity":2,"fairness":3}' },
      {
        user: "培训只邀请年轻同事参加，其他人反正也听不懂。",
        assistant: '{"respect":1,"clarity":4,"fairness":1}',
      },
    ],
    decide: "汇总",
    verdicts: { publish: "发布", ask: "请人工判断" },
    reasons: {
      facts: "手册不支持：",
      values: "评分偏低：",
      personal: "已遮蔽个人信息。",
      none: "没有发现问题。",
    },
    review: "编辑",
    reviewTitle: "待发布内容",
    instructions: "阅读理由，修改内容后批准；不应发布的请驳回。",
    rejected: "已驳回",
    rejectedText: "不发布。",
    merge: "可以发布",
    output: "结果",
    text: "内容",
    verdict: "结论",
    why: "理由",
    blocked: "拦截",
  },
} as const;

const score = { type: "integer", minimum: 1, maximum: 5 };
const rubric = {
  type: "object",
  properties: { respect: score, clarity: score, fairness: score },
  required: ["respect", "clarity", "fairness"],
  additionalProperties: false,
};

const decideCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].reasons)};
const names = ${JSON.stringify(words[locale].verdicts)};
const reasons: string[] = [];
const wrong = inputs.sentences.filter((sentence) => !sentence.supported).map((sentence) => sentence.text.trim());
if (wrong.length > 0) reasons.push(say.facts + wrong.join(" "));
const low = Object.entries(inputs.scores).filter(([, score]) => score < 3).map(([name, score]) => name + " " + score);
if (low.length > 0) reasons.push(say.values + low.join(", ") + ".");
const asks = reasons.length > 0;
if (inputs.findings.counts.personal > 0) reasons.push(say.personal);
return {
  verdict: asks ? names.ask : names.publish,
  reasons: reasons.length === 0 ? say.none : reasons.join(" "),
  confidence: asks ? 0.3 : 1,
};`;

export const contentReview: PipelineTemplate = {
  id: "content-review",
  title: { en: "Review a text before it is published", zh: "发布前内容审核" },
  summary: {
    en: "Blocks sensitive words and masks personal data, checks every sentence against the handbook, scores respect, clarity and fairness by a rubric, and publishes what passes all three; the rest waits for an editor in the inbox, with the reasons beside it. The built-in model scores plain cases well; have a bigger one judge finer ones.",
    zh: "拦截敏感词并遮蔽个人信息，逐句与手册核对，按评分标准判断是否有礼、清楚、公平；全部通过的直接发布，其余附上理由在收件箱中等待编辑处理。内置模型能判断明显的情况，更细微的请换成更大的模型。",
  },
  category: "safety",
  needs: ["moderation-model", "chat-model", "embedding-model", "knowledge-base"],
  slug: "content-review",
  supplies: (locale: Locale) => ({ knowledge: handbookSupply(locale) }),
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "text", title: text.input, kind: "text", maxLength: 4000 }] },
          at: [0, 1],
        },
        check: { type: "safety/check", label: text.check, config: { blockedText: text.blockedText }, at: [1, 1] },
        search: {
          type: "retrieval/search",
          label: text.search,
          config: { knowledgeBase: supply("knowledge", handbookKey(locale)), topK: 4, minimumScore: 0 },
          at: [2, 0],
        },
        facts: { type: "retrieval/answer-check", label: text.facts, config: { threshold: 0.5 }, at: [3, 0] },
        values: {
          type: "prompt/chat",
          label: text.values,
          config: {
            model: "default",
            system: text.system,
            user: "{{text}}",
            examples: text.examples.map((example) => ({ ...example })),
            temperature: 0,
            maxTokens: 60,
            schema: rubric,
          },
          at: [3, 2],
        },
        decide: {
          type: "tool/code",
          label: text.decide,
          config: {
            code: decideCode(locale),
            inputs: [
              { name: "sentences", kind: "json" },
              { name: "scores", kind: "json" },
              { name: "findings", kind: "json" },
            ],
            outputs: [
              { name: "verdict", kind: "text" },
              { name: "reasons", kind: "text" },
              { name: "confidence", kind: "number" },
            ],
          },
          at: [4, 1],
        },
        review: {
          type: "flow/human-review",
          label: text.review,
          config: {
            kind: "edit",
            title: text.reviewTitle,
            instructions: text.instructions,
            shown: ["reasons", "scores"],
            ask: "unsure",
            below: 0.8,
            sample: 0,
          },
          at: [5, 1],
        },
        rejected: {
          type: "text/template",
          label: text.rejected,
          config: { template: `${text.rejectedText}\n\n{{text}}` },
          at: [6, 2],
        },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [7, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "text", title: text.text },
              { name: "verdict", title: text.verdict },
              { name: "reasons", title: text.why },
              { name: "blocked", title: text.blocked },
            ],
          },
          at: [8, 1],
        },
      },
      [
        "input.text > check.text",
        "check.pass > search.query",
        "check.pass > facts.answer",
        "search.sources > facts.documents",
        "check.pass > values.text",
        "facts.sentences > decide.sentences",
        "values.json > decide.scores",
        "check.findings > decide.findings",
        "check.pass > review.value",
        "decide.confidence > review.confidence",
        "decide.reasons > review.reasons",
        "values.json > review.scores",
        "review.rejected > rejected.text",
        "review.approved > merge.input1",
        "rejected.text > merge.input2",
        "review.timedOut > merge.input3",
        "merge.value > output.text",
        "decide.verdict > output.verdict",
        "decide.reasons > output.reasons",
        "check.blocked > output.blocked",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Reminder",
      inputs: {
        text: "Every employee has 28 days of annual leave a year. Please ask for leave in the staff portal at least two weeks before it begins.",
      },
    },
    {
      name: "Wrong number",
      inputs: {
        text: "Every employee has 35 days of annual leave a year. Please ask for leave in the staff portal at least two weeks before it begins.",
      },
    },
    {
      name: "Unfriendly",
      inputs: {
        text: "Whoever hands in receipts late has not understood how a company works and should look for another job. Hand in receipts within 30 days.",
      },
    },
  ],
  zh: [
    { name: "提醒", inputs: { text: "每位员工每年有二十八天年假。请至少提前两周在员工门户提交申请。" } },
    { name: "数字有误", inputs: { text: "每位员工每年有三十五天年假。请至少提前两周在员工门户提交申请。" } },
    {
      name: "不礼貌",
      inputs: { text: "报销迟交的人根本不懂公司怎么运转，应该另找工作。报销单据请在三十天内提交。" },
    },
  ],
} as const;
