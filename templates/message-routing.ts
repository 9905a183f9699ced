import type { Locale } from "@/runtime/node/localized";
import { apologySettings } from "./lib/apology-prompt";
import { drawDocument } from "./lib/draw-document";
import { messageLabels } from "./lib/message-labels";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Message",
    classifier: "What is it?",
    complaint: "Write an apology",
    praise: "Thank the customer",
    praiseText: "Thank you for your kind words! We have passed them on to the team: “{{message}}”",
    question: "Promise an answer",
    questionText: "Thank you for your question: “{{message}}” A colleague will answer it within one working day.",
    merge: "The reply",
    output: "Result",
    replyTitle: "Reply",
    kindTitle: "Kind of message",
  },
  zh: {
    input: "来信",
    classifier: "是哪一类？",
    complaint: "写道歉回复",
    praise: "感谢顾客",
    praiseText: "谢谢您的夸奖！我们已经转告给团队：“{{message}}”",
    question: "承诺答复",
    questionText: "感谢您的咨询：“{{message}}”我们的同事会在一个工作日内答复您。",
    merge: "回复",
    output: "结果",
    replyTitle: "回复",
    kindTitle: "来信类别",
  },
} as const;

export const messageRouting: PipelineTemplate = {
  id: "message-routing",
  title: { en: "Route a customer message", zh: "顾客来信分流" },
  summary: {
    en: "Tells complaints, praise and questions apart and answers each its own way; only a complaint costs a call to the chat model. The built-in models sort accurately and write a sentence or two of apology.",
    zh: "区分投诉、表扬和咨询，并分别用不同方式回复；只有投诉才会调用对话模型。用内置模型分类就很准确，道歉语是一两句话。",
  },
  category: "customer-service",
  needs: ["chat-model", "embedding-model"],
  slug: "message-routing",
  document: (locale: Locale) => {
    const text = words[locale];
    const labels = messageLabels[locale];
    const [complaint, praise, question] = labels;
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "message", title: text.input, kind: "text", maxLength: 2000 }] },
          at: [0, 1],
        },
        kind: {
          type: "classifier/examples",
          label: text.classifier,
          config: {
            labels: labels.map(({ name, examples }) => ({ name, examples: [...examples] })),
            // What is unlike everything known is best looked at by a person, as a question is.
            otherLabel: question.name,
            minimumSimilarity: 0.1,
            model: "default",
          },
          at: [1, 1],
        },
        complaint: {
          type: "prompt/chat",
          label: text.complaint,
          config: apologySettings(locale, "message"),
          at: [2, 0],
        },
        // Quoting the message is what ties the step to its branch.
        praise: {
          type: "text/template",
          label: text.praise,
          config: { template: text.praiseText },
          at: [2, 1],
        },
        question: { type: "text/template", label: text.question, config: { template: text.questionText }, at: [2, 2] },
        reply: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [3, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "reply", title: text.replyTitle },
              { name: "kind", title: text.kindTitle },
            ],
          },
          at: [4, 1],
        },
      },
      [
        "input.message > kind.text",
        `kind.${complaint.name} > complaint.message`,
        `kind.${praise.name} > praise.message`,
        `kind.${question.name} > question.message`,
        "complaint.text > reply.input1",
        "praise.text > reply.input2",
        "question.text > reply.input3",
        "reply.value > output.reply",
        "kind.label > output.kind",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "Complaint", inputs: { message: "The soup was cold and we waited an hour for it." } },
    { name: "Praise", inputs: { message: "The boots are so warm and comfortable, I am really happy with them!" } },
    { name: "Question", inputs: { message: "Can I return the shoes in your shop in the city?" } },
  ],
  zh: [
    { name: "投诉", inputs: { message: "房间的空调一直不冷。" } },
    { name: "表扬", inputs: { message: "靴子又暖和又舒服，我特别满意！" } },
    { name: "咨询", inputs: { message: "鞋子可以到市里的门店退货吗？" } },
  ],
} as const;
