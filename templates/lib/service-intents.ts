import type { Locale } from "@/runtime/node/localized";

/** What a customer of the sample operator wants: a bill or an account looked up, an answer from the help pages, or a person. */
export const serviceIntents: Readonly<
  Record<Locale, readonly { readonly name: "bill" | "question" | "person"; readonly examples: readonly string[] }[]>
> = {
  en: [
    {
      name: "bill",
      examples: [
        "How much is my bill this month? My customer number is 100999.",
        "What do I owe you for October?",
        "Why is my last bill so high?",
        "Has my bill for September been paid?",
        "Which plan do I have?",
        "My customer number is 100777.",
        "100555",
        "And what was it in October?",
      ],
    },
    {
      name: "question",
      examples: [
        "What does roaming cost in Norway?",
        "How do I change to a bigger plan?",
        "I lost my phone, what should I do?",
        "How can I cancel my contract?",
        "Why is the internet so slow?",
        "How can I pay?",
        "How long does a new SIM card take?",
      ],
    },
    {
      name: "person",
      examples: [
        "I want to talk to a person.",
        "Let me speak to somebody from your team.",
        "This is the third time I write. I want to complain.",
        "Give me your manager.",
        "You are useless, get me a human.",
        "I want to make a complaint.",
      ],
    },
  ],
  zh: [
    {
      name: "bill",
      examples: [
        "我这个月的账单是多少？客户号是 100999。",
        "十月份我欠多少钱？",
        "上个月的账单为什么这么高？",
        "九月份的账单付了吗？",
        "我用的是哪个套餐？",
        "我的客户号是 100777。",
        "100555",
        "那十月份呢？",
      ],
    },
    {
      name: "question",
      examples: [
        "在挪威漫游要多少钱？",
        "怎么换成更大的套餐？",
        "手机丢了怎么办？",
        "怎么解约？",
        "网速为什么这么慢？",
        "可以怎么缴费？",
        "补办 SIM 卡要多久？",
      ],
    },
    {
      name: "person",
      examples: [
        "我要转人工。",
        "请让客服人员跟我说。",
        "我已经第三次来问了，我要投诉。",
        "叫你们经理来。",
        "你没用，找个真人来。",
        "我想投诉。",
      ],
    },
  ],
};
