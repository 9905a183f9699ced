import type { Locale } from "@/runtime/node/localized";
import { apologySettings } from "./lib/apology-prompt";
import { complaintLabels } from "./lib/complaint-labels";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Complaint",
    complaintTitle: "Complaint",
    tierTitle: "Customer tier",
    tiers: ["standard", "gold"],
    prompt: "Draft a reply (PEEL)",
    classifier: "Find the department",
    other: "other",
    note: "Triage note",
    template: `Department: {{department}} (confidence {{confidence}})
Customer: {{tier}}
Complaint: {{complaint}}
Draft reply: {{reply}}`,
    output: "Result",
    departmentTitle: "Department",
    noteTitle: "Triage note",
  },
  zh: {
    input: "投诉",
    complaintTitle: "投诉内容",
    tierTitle: "客户等级",
    tiers: ["普通", "金卡"],
    prompt: "草拟回复（PEEL）",
    classifier: "判断负责部门",
    other: "其他",
    note: "分诊单",
    template: `部门：{{department}}（置信度 {{confidence}}）
客户：{{tier}}
投诉：{{complaint}}
回复草稿：{{reply}}`,
    output: "结果",
    departmentTitle: "部门",
    noteTitle: "分诊单",
  },
} as const;

export const complaintTriage: PipelineTemplate = {
  id: "complaint-triage",
  title: { en: "Complaint triage", zh: "投诉分诊" },
  summary: {
    en: "Finds the department for a complaint by its likeness to examples, drafts a reply with a PEEL prompt beside it, and joins both into one note. The built-in models sort accurately and draft a sentence or two; read the draft before you send it.",
    zh: "根据与示例的相似度判断投诉归哪个部门，同时用 PEEL 提示词草拟回复，再合成一张分诊单。用内置模型分类就很准确，草稿是一两句话，发送前请过目。",
  },
  category: "customer-service",
  needs: ["chat-model", "embedding-model"],
  slug: "complaint-triage",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "complaint", title: text.complaintTitle, kind: "text", maxLength: 2000 },
              {
                name: "tier",
                title: text.tierTitle,
                kind: "choice",
                options: [...text.tiers],
                required: false,
                default: text.tiers[0],
              },
            ],
          },
          at: [0, 0.5],
        },
        reply: { type: "prompt/chat", label: text.prompt, config: apologySettings(locale, "complaint"), at: [1, 0] },
        department: {
          type: "classifier/examples",
          label: text.classifier,
          config: {
            labels: complaintLabels[locale].map(({ name, examples }) => ({ name, examples: [...examples] })),
            otherLabel: text.other,
            model: "default",
          },
          at: [1, 1],
        },
        note: { type: "text/template", label: text.note, config: { template: text.template }, at: [2, 0.25] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "note", title: text.noteTitle },
              { name: "department", title: text.departmentTitle },
            ],
          },
          at: [3, 0.5],
        },
      },
      [
        "input.complaint > reply.complaint",
        "input.complaint > department.text",
        "input.complaint > note.complaint",
        "input.tier > note.tier",
        "reply.text > note.reply",
        "department.label > note.department",
        "department.confidence > note.confidence",
        "note.text > output.note",
        "department.label > output.department",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Late books",
      inputs: {
        complaint:
          "It has been ten days and the books I ordered are still not here. They were a present for my daughter's birthday, which was yesterday.",
        tier: "gold",
      },
    },
    {
      name: "Wrong amount",
      inputs: { complaint: "Why did you take 49 euros from my card when the order was 39?", tier: "standard" },
    },
    {
      name: "Burning smell",
      inputs: { complaint: "The blender smells of burning plastic whenever I switch it on.", tier: "standard" },
    },
    {
      name: "Passed around",
      inputs: {
        complaint: "Your hotline passed me from one colleague to the next and nobody could help.",
        tier: "gold",
      },
    },
  ],
  zh: [
    { name: "包裹", inputs: { complaint: "我的包裹还没有收到。", tier: "金卡" } },
    { name: "退款", inputs: { complaint: "退款还没有收到。", tier: "普通" } },
    { name: "打不通的电话", inputs: { complaint: "客服电话等了一个小时没人接。", tier: "金卡" } },
  ],
} as const;
