import type { Locale } from "@/runtime/node/localized";

export const departments = {
  en: ["delivery", "billing", "product quality", "service", "other"],
  zh: ["物流", "账单", "产品质量", "服务", "其他"],
} as const;

const plain = {
  en: `Which department is this complaint for: ${departments.en.join(", ")}?`,
  zh: `这条投诉归哪个部门：${departments.zh.join("、")}？`,
} as const;

/** Problem, Explanation and Logical chain; the Examples go before the complaint as turns of the conversation. */
const peel = {
  en: `Problem: Name the department for a complaint.
Explanation:
- delivery: late, lost or wrong parcels
- billing: money, refunds, invoices
- product quality: broken or bad goods
- service: staff and support
- other: all else
Logical chain: Find what went wrong, whatever else is praised. Name its department.`,
  zh: `问题：说出投诉归哪个部门。
说明：
- 物流：晚到、丢失、送错
- 账单：扣款、退款、发票
- 产品质量：坏了、做工差
- 服务：店员和客服
- 其他：其余一切
推理：不管夸了什么，先找出哪里出了问题，再说出部门。`,
} as const;

/** Two complaints of each department; none of them is among the cases that the answers are judged on. */
const examples = {
  en: [
    ["The driver left my box in the garden and it was stolen.", "delivery"],
    ["You took the money twice.", "billing"],
    ["The lamp went dark after one evening.", "product quality"],
    ["Your clerk shouted at me.", "service"],
    ["Can I get the newsletter in French?", "other"],
    ["The parcel should have come last week.", "delivery"],
    ["I still wait for my refund.", "billing"],
    ["The seat of the chair is torn.", "product quality"],
    ["Nobody answers my calls.", "service"],
    ["I cannot log in.", "other"],
  ],
  zh: [
    ["司机把箱子丢在花园里，被人拿走了。", "物流"],
    ["同一笔钱扣了两次。", "账单"],
    ["台灯用了一晚就不亮了。", "产品质量"],
    ["店员冲我大喊。", "服务"],
    ["能订阅英文版邮件吗？", "其他"],
    ["包裹上周就该到。", "物流"],
    ["退款一直没有到。", "账单"],
    ["椅子的坐垫破了。", "产品质量"],
    ["打电话没有人接。", "服务"],
    ["我登录不了。", "其他"],
  ],
} as const;

const reply = (department: string) => JSON.stringify({ department });

/** Asks for the department in one sentence, and holds the reply to the names there are. */
export const plainDepartmentPrompt = (locale: Locale) => ({
  model: "default",
  system: plain[locale],
  user: "{{complaint}}",
  schema: {
    type: "object",
    properties: { department: { type: "string", enum: [...departments[locale]] } },
    required: ["department"],
    additionalProperties: false,
  },
  temperature: 0,
  maxTokens: 30,
});

/** What a PEEL prompt says differently. */
export const peelDepartmentPrompt = (locale: Locale) => ({
  system: peel[locale],
  examples: examples[locale].map(([user, department]) => ({ user, assistant: reply(department) })),
});
