import type { Locale } from "@/runtime/node/localized";
import { departments, peelDepartmentPrompt, plainDepartmentPrompt } from "./lib/department-prompt";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Complaint",
    route: "Who answers",
    prompt: "Ask the model",
    department: "Take the department",
    trained: "Trained classifier",
    merge: "Either answer",
    output: "Result",
    departmentTitle: "Department",
    peel: "PEEL prompt",
    head: "Trained classifier",
    model: "Complaints by department (sample)",
    dataset: "Complaints with their department (sample)",
    datasetHelp: "Eighty complaints: thirty plain ones, thirty without a telling word, twenty that touch two topics.",
  },
  zh: {
    input: "投诉",
    route: "由谁回答",
    prompt: "询问模型",
    department: "取出部门",
    trained: "训练的分类模型",
    merge: "任一回答",
    output: "结果",
    departmentTitle: "部门",
    peel: "PEEL 提示词",
    head: "训练的分类模型",
    model: "投诉归属部门（示例）",
    dataset: "带正确部门的投诉（示例）",
    datasetHelp: "八十条投诉：三十条直接，三十条没有关键词，二十条涉及两个话题。",
  },
} as const;

const key = (locale: Locale) => `complaint-departments-${locale}`;

/** All complaints to the model that is prompted; the variant sends all to the one that was trained. In production, shares between let both answer. */
const shares = (prompt: number, trained: number) => [
  { name: "prompt", share: prompt },
  { name: "trained", share: trained },
];

export const complaintClassification: PipelineTemplate = {
  id: "complaint-classification",
  title: { en: "Compare ways to sort complaints", zh: "比较投诉分类的几种做法" },
  summary: {
    en: "Three ways to find the department for a complaint: a plain prompt, a PEEL prompt with explanation and examples, and a classifier trained on 60 sample complaints. Eighty labelled cases come along: press Evaluate, and read in a few minutes which is better and how sure that is. Connect your own model and evaluate again.",
    zh: "用三种做法判断投诉归哪个部门：普通提示词、带说明和示例的 PEEL 提示词，以及用六十条示例训练的分类模型。模板附带八十条带正确答案的用例：点击“评测”，几分钟后就能看到哪种更好、有多大把握。接入自己的模型后可再评测一次。",
  },
  category: "customer-service",
  needs: ["embedding-model", "chat-model", "trained-model"],
  slug: "complaint-department",
  supplies: (locale: Locale) => ({
    models: {
      [key(locale)]: {
        name: words[locale].model,
        slug: key(locale),
        asset: `complaint-training.${locale}.csv`,
        labels: departments[locale],
      },
    },
    datasets: {
      [`complaint-cases-${locale}`]: {
        name: words[locale].dataset,
        description: words[locale].datasetHelp,
        asset: `complaint-cases.${locale}.csv`,
        columns: { complaint: "input", department: "expected", tags: "tags" },
      },
    },
  }),
  document: (locale: Locale) => {
    const text = words[locale];
    const drawn = drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "complaint", title: text.input, kind: "text", maxLength: 2000 }] },
          at: [0, 0.5],
        },
        route: {
          type: "flow/switch",
          label: text.route,
          config: { mode: "share", shares: shares(100, 0) },
          at: [1, 0.5],
        },
        prompt: { type: "prompt/chat", label: text.prompt, config: plainDepartmentPrompt(locale), at: [2, 0] },
        department: { type: "data/json", label: text.department, config: { path: "department" }, at: [3, 0] },
        trained: {
          type: "fine-tuned/classify",
          label: text.trained,
          config: {
            model: { reference: supply("models", key(locale)), labels: [...departments[locale]] },
            minimumConfidence: 0,
          },
          at: [2, 1],
        },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 2 }, at: [4, 0.5] },
        output: {
          type: "io/output",
          label: text.output,
          config: { outputs: [{ name: "department", title: text.departmentTitle }] },
          at: [5, 0.5],
        },
      },
      [
        "input.complaint > route.value",
        "route.prompt > prompt.complaint",
        "route.trained > trained.text",
        "prompt.json > department.value",
        "department.value > merge.input1",
        "trained.label > merge.input2",
        "merge.value > output.department",
      ],
    );
    return {
      ...drawn,
      variants: {
        prompt: [{ id: "peel", label: text.peel, config: peelDepartmentPrompt(locale) }],
        route: [{ id: "trained", label: text.head, config: { shares: shares(0, 100) } }],
      },
    };
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "Burning smell", inputs: { complaint: "The blender smells of burning plastic whenever I switch it on." } },
    { name: "Wrong sum", inputs: { complaint: "Why did you take 49 euros from my card when the order was 39?" } },
    {
      name: "Praise and blame",
      inputs: { complaint: "Your hotline was friendly, but the parcel is still nowhere to be seen." },
    },
  ],
  zh: [
    { name: "焦味", inputs: { complaint: "搅拌机一打开就有烧塑料的味道。" } },
    { name: "金额不对", inputs: { complaint: "订单是三十九块，为什么从卡里扣了四十九？" } },
    { name: "有褒有贬", inputs: { complaint: "客服很热情，可包裹还是不见踪影。" } },
  ],
} as const;
