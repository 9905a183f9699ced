import type { Locale } from "@/runtime/node/localized";

export const departments = {
  en: ["delivery", "billing", "product quality", "service", "other"],
  zh: ["物流", "账单", "产品质量", "服务", "其他"],
} as const;

/** One question, with what each department is for: by the bare names a small model takes "service" for a burning blender. */
const plain = {
  en: `Which department is this complaint for?
- delivery: a parcel is late, lost, open or wrong
- billing: money, prices, refunds, invoices
- product quality: the product itself is broken, bad, unsafe or not as shown
- service: what our staff said or did
- other: none of these, such as a password, a language, a job, an idea
What is praised does not count: look at what went wrong.`,
  zh: `这条投诉归哪个部门？
- 物流：包裹晚到、丢失、破损、送错
- 账单：扣款、价格、退款、发票
- 产品质量：商品本身坏了、做工差、不安全、与图片不符
- 服务：我们的店员或客服说了什么、做了什么
- 其他：以上都不是，例如密码、语言、招聘、建议
夸奖的不算，只看哪里出了问题。`,
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

/** Asks for the department, and holds the reply to the names there are. */
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
