import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Claim",
    claim: "Claim (JSON)",
    check: "Check the form",
    kind: "What happened?",
    other: "other",
    kinds: [
      {
        name: "water",
        examples: [
          "A pipe burst and the kitchen was flooded.",
          "The washing machine leaked through the ceiling.",
          "Rain came in through the roof and soaked the carpet.",
          "The boiler dripped for days and ruined the wall.",
          "The dishwasher hose came off and the floor swelled.",
        ],
      },
      {
        name: "theft",
        examples: [
          "Somebody broke into the flat and took my laptop.",
          "My bicycle was stolen from the cellar.",
          "Burglars forced the door and took the jewellery.",
          "The camera was taken out of my locked car.",
          "My wallet was stolen at the station.",
        ],
      },
      {
        name: "fire",
        examples: [
          "A candle set the curtain on fire.",
          "The oven caught fire and the kitchen is black with soot.",
          "Lightning struck and the roof burned.",
          "The charger overheated and burned the desk.",
          "Smoke from a fire next door ruined the furniture.",
        ],
      },
    ],
    decide: "Is it covered?",
    decisions: { pay: "pay", decline: "decline", ask: "ask a person" },
    problems: {
      missing: "The form lacks: ",
      period: "The damage is outside the time of the policy.",
      late: "It was reported more than 14 days after the damage.",
      documents: "Photos or an invoice are missing.",
      limit: "The amount is above the limit; the limit is paid.",
      cover: "The policy does not cover this: ",
      unclear: "It is not clear what happened.",
      large: "Amounts above 3,000 are looked at by a person.",
      none: "Nothing speaks against it.",
    },
    summary: "What happened, in a sentence",
    system: "Say in one short sentence what happened. Use the words of the report. Add nothing.",
    examples: [
      {
        user: "Last Sunday we came home from a walk and found the cellar door forced. Two bicycles were gone.",
        assistant: "Two bicycles were stolen from the cellar.",
      },
      {
        user: "During the storm on Friday a branch fell on the roof of the shed, and the rain ruined our tools.",
        assistant: "A branch broke the roof of the shed and rain ruined the tools.",
      },
    ],
    letter: "Write the decision",
    template: `Decision: {{decision}}
What happened: {{what}}
Kind of damage: {{kind}}
Payment: {{payout}}
Reasons: {{reasons}}`,
    review: "A claims handler",
    reviewTitle: "Insurance claim",
    instructions:
      "Compare the decision with the claim. Change what is wrong, then approve; reject to decline the claim.",
    merge: "Looked at",
    output: "Result",
    decisionTitle: "Decision",
    letterTitle: "Decision with its reasons",
    reviewed: "Review",
  },
  zh: {
    input: "理赔申请",
    claim: "理赔申请（JSON）",
    check: "检查表单",
    kind: "发生了什么？",
    other: "其他",
    kinds: [
      {
        name: "水损",
        examples: [
          "水管爆裂，厨房被淹了。",
          "洗衣机漏水，渗到楼下天花板。",
          "下雨屋顶漏水，地毯全湿了。",
          "热水器一直滴水，墙面泡坏了。",
          "洗碗机水管脱落，地板泡胀了。",
        ],
      },
      {
        name: "盗窃",
        examples: [
          "有人闯进家里，拿走了笔记本电脑。",
          "放在地下室的自行车被偷了。",
          "小偷撬门进来，偷走了首饰。",
          "锁着的车里的相机被人拿走了。",
          "在车站钱包被偷了。",
        ],
      },
      {
        name: "火灾",
        examples: [
          "蜡烛把窗帘点着了。",
          "烤箱起火，厨房全是烟灰。",
          "雷击引起屋顶着火。",
          "充电器过热，把书桌烧坏了。",
          "隔壁着火，烟把家具熏坏了。",
        ],
      },
    ],
    decide: "是否在保障范围内？",
    decisions: { pay: "赔付", decline: "拒赔", ask: "请人工判断" },
    problems: {
      missing: "表单缺少：",
      period: "损失发生在保险期间之外。",
      late: "损失发生十四天之后才报案。",
      documents: "缺少照片或发票。",
      limit: "金额超过限额，按限额赔付。",
      cover: "保单不保障此类损失：",
      unclear: "不清楚发生了什么。",
      large: "超过 3000 的金额由人工审核。",
      none: "没有发现问题。",
    },
    summary: "用一句话说明经过",
    system: "用一句简短的话说明发生了什么。用报案人的词，不要添加内容。",
    examples: [
      {
        user: "上周日我们散步回家，发现地下室的门被撬开，两辆自行车不见了。",
        assistant: "地下室的两辆自行车被偷了。",
      },
      {
        user: "周五刮大风，树枝砸坏了棚子的屋顶，雨水把工具泡坏了。",
        assistant: "树枝砸坏棚顶，雨水泡坏了工具。",
      },
    ],
    letter: "写出决定",
    template: `决定：{{decision}}
经过：{{what}}
损失类型：{{kind}}
赔付金额：{{payout}}
理由：{{reasons}}`,
    review: "理赔员",
    reviewTitle: "保险理赔",
    instructions: "对照申请检查决定，改正错误后批准；驳回即为拒赔。",
    merge: "审核之后",
    output: "结果",
    decisionTitle: "决定",
    letterTitle: "决定及理由",
    reviewed: "审核结果",
  },
} as const;

/** What can be read off the form without a model: dates, documents, amounts. */
const checkCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].problems)};
const policy = inputs.claim.policy ?? {};
const claim = inputs.claim.claim ?? {};
const problems: string[] = [];
const missing = [
  ...["from", "until", "covers", "limit", "deductible"].filter((name) => policy[name] === undefined),
  ...["date", "reported", "amount", "description"].filter((name) => claim[name] === undefined),
];
if (missing.length > 0) problems.push(say.missing + missing.join(", "));
// Dates are written as year-month-day, so they compare as texts.
if (claim.date < policy.from || claim.date > policy.until) problems.push(say.period);
const day = (date: string) => {
  const [year, month, dayOfMonth] = String(date).split("-").map(Number);
  return Date.UTC(year, month - 1, dayOfMonth) / 86400000;
};
if (day(claim.reported) - day(claim.date) > 14) problems.push(say.late);
if ((claim.documents ?? []).length < 2) problems.push(say.documents);
const amount = Number(claim.amount) || 0;
const limit = Number(policy.limit) || 0;
if (amount > limit) problems.push(say.limit);
const payout = Math.max(0, Math.min(amount, limit) - (Number(policy.deductible) || 0));
const covers = Array.isArray(policy.covers) ? policy.covers : [];
return { description: String(claim.description ?? ""), problems, payout, amount, covers };`;

/** Puts the checks and the kind of damage together. Figures come from here, never from a model. */
const decideCode = (locale: Locale): string => `const say = ${JSON.stringify(words[locale].problems)};
const names = ${JSON.stringify(words[locale].decisions)};
const reasons: string[] = [...inputs.problems];
const covered = inputs.covers.includes(inputs.kind);
const clear = inputs.kind !== ${JSON.stringify(words[locale].other)} && inputs.sure >= 0.5;
if (!clear) reasons.push(say.unclear);
else if (!covered) reasons.push(say.cover + inputs.kind);
const large = inputs.amount > 3000;
if (large) reasons.push(say.large);
const fine = reasons.length === 0;
const decision = fine ? names.pay : clear && !covered ? names.decline : names.ask;
const confidence = fine ? 1 : clear && !covered && inputs.problems.length === 0 ? 0.7 : 0.3;
return {
  decision,
  reasons: fine ? say.none : reasons.join(" "),
  payout: decision === names.decline ? 0 : inputs.payout,
  confidence,
};`;

export const insuranceClaim: PipelineTemplate = {
  id: "insurance-claim",
  title: { en: "Insurance claim, step by step", zh: "保险理赔逐步审核" },
  summary: {
    en: "Reads a claim as JSON, checks its dates, documents and amounts by code, finds the kind of damage by likeness to examples, and decides; where it is not sure, the run waits for a claims handler in the inbox. Figures come from the code alone; the built-in model writes only the sentence on what happened.",
    zh: "读取 JSON 格式的理赔申请，用代码检查日期、材料和金额，按与示例的相似度判断损失类型并作出决定；没有把握时，运行会等待理赔员在收件箱中处理。金额只由代码计算，内置模型只写一句事情经过。",
  },
  category: "finance",
  needs: ["chat-model", "embedding-model"],
  slug: "insurance-claim",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "claim", title: text.claim, kind: "json" }] },
          at: [0, 1],
        },
        check: {
          type: "tool/code",
          label: text.check,
          config: {
            code: checkCode(locale),
            inputs: [{ name: "claim", kind: "json" }],
            outputs: [
              { name: "description", kind: "text" },
              { name: "problems", kind: "json" },
              { name: "payout", kind: "number" },
              { name: "amount", kind: "number" },
              { name: "covers", kind: "json" },
            ],
          },
          at: [1, 1],
        },
        kind: {
          type: "classifier/examples",
          label: text.kind,
          config: {
            labels: text.kinds.map(({ name, examples }) => ({ name, examples: [...examples] })),
            otherLabel: text.other,
            minimumSimilarity: 0.1,
            model: "default",
          },
          at: [2, 0],
        },
        what: {
          type: "prompt/chat",
          label: text.summary,
          config: {
            model: "default",
            system: text.system,
            user: "{{report}}",
            examples: text.examples.map((example) => ({ ...example })),
            temperature: 0,
            maxTokens: 60,
            stop: ["\n"],
          },
          at: [2, 2],
        },
        decide: {
          type: "tool/code",
          label: text.decide,
          config: {
            code: decideCode(locale),
            inputs: [
              { name: "kind", kind: "text" },
              { name: "sure", kind: "number" },
              { name: "problems", kind: "json" },
              { name: "payout", kind: "number" },
              { name: "amount", kind: "number" },
              { name: "covers", kind: "json" },
            ],
            outputs: [
              { name: "decision", kind: "text" },
              { name: "reasons", kind: "text" },
              { name: "payout", kind: "number" },
              { name: "confidence", kind: "number" },
            ],
          },
          at: [3, 1],
        },
        letter: { type: "text/template", label: text.letter, config: { template: text.template }, at: [4, 2] },
        review: {
          type: "flow/human-review",
          label: text.review,
          config: {
            kind: "edit",
            title: text.reviewTitle,
            instructions: text.instructions,
            shown: ["claim"],
            ask: "unsure",
            below: 0.8,
            sample: 0,
          },
          at: [5, 1],
        },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [6, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "letter", title: text.letterTitle },
              { name: "decision", title: text.decisionTitle },
              { name: "review", title: text.reviewed },
            ],
          },
          at: [7, 1],
        },
      },
      [
        "input.claim > check.claim",
        "check.description > kind.text",
        "check.description > what.report",
        "kind.label > decide.kind",
        "kind.confidence > decide.sure",
        "check.problems > decide.problems",
        "check.payout > decide.payout",
        "check.amount > decide.amount",
        "check.covers > decide.covers",
        "decide.decision > letter.decision",
        "what.text > letter.what",
        "kind.label > letter.kind",
        "decide.payout > letter.payout",
        "decide.reasons > letter.reasons",
        "letter.text > review.value",
        "decide.confidence > review.confidence",
        "input.claim > review.claim",
        "review.approved > merge.input1",
        "review.rejected > merge.input2",
        "review.timedOut > merge.input3",
        "merge.value > output.letter",
        "decide.decision > output.decision",
        "review.review > output.review",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const policy = { number: "HH-20488", from: "2026-01-01", until: "2026-12-31", limit: 5000, deductible: 150 };

const samples = {
  en: [
    {
      name: "Burst pipe",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["water", "theft", "fire"] },
          claim: {
            date: "2026-10-03",
            reported: "2026-10-05",
            amount: 1240,
            documents: ["photos", "invoice"],
            description: "A pipe burst in the bathroom on Saturday night and the water ruined the floor of the hall.",
          },
        },
      },
    },
    {
      name: "Reported late",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["water", "theft", "fire"] },
          claim: {
            date: "2026-07-11",
            reported: "2026-09-02",
            amount: 6800,
            documents: ["photos"],
            description: "Burglars forced the balcony door while we were away and took two cameras and a watch.",
          },
        },
      },
    },
    {
      name: "Not covered",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["theft"] },
          claim: {
            date: "2026-05-20",
            reported: "2026-05-21",
            amount: 480,
            documents: ["photos", "invoice"],
            description: "A candle fell over and set the curtain on fire; we put it out with a blanket.",
          },
        },
      },
    },
  ],
  zh: [
    {
      name: "水管爆裂",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["水损", "盗窃", "火灾"] },
          claim: {
            date: "2026-10-03",
            reported: "2026-10-05",
            amount: 1240,
            documents: ["照片", "发票"],
            description: "周六晚上浴室水管爆裂，水把走廊的地板泡坏了。",
          },
        },
      },
    },
    {
      name: "报案过晚",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["水损", "盗窃", "火灾"] },
          claim: {
            date: "2026-07-11",
            reported: "2026-09-02",
            amount: 6800,
            documents: ["照片"],
            description: "我们外出时，小偷撬开阳台门，偷走了两台相机和一块手表。",
          },
        },
      },
    },
    {
      name: "不在保障范围",
      inputs: {
        claim: {
          policy: { ...policy, covers: ["盗窃"] },
          claim: {
            date: "2026-05-20",
            reported: "2026-05-21",
            amount: 480,
            documents: ["照片", "发票"],
            description: "蜡烛倒了，把窗帘点着了，我们用毯子把火扑灭。",
          },
        },
      },
    },
  ],
} as const;
