import type { Locale } from "@/runtime/node/localized";

interface GroundedTexts {
  readonly system: string;
  readonly user: string;
  readonly examples: readonly { readonly user: string; readonly assistant: string }[];
}

const shop = {
  en: "[1] (Shop.md, Opening hours)\nThe shop opens at 9:00 and closes at 18:30. Parking is free.\n\n[2] (Shop.md, Returns)\nBroken goods are taken back within 30 days. Bring the receipt.",
  zh: "[1] (商店.md, 营业时间)\n商店上午九点开门，晚上六点半关门。停车免费。\n\n[2] (商店.md, 退货)\n坏了的商品三十天内可以退。请带上收据。",
} as const;
const radio = {
  en: "[1] (Radio.md, Code A2)\nA2: the battery is empty. Charge it for two hours.\n\n[2] (Radio.md, Code A12)\nA12: the antenna is loose. Push it in until it clicks.",
  zh: "[1] (收音机.md, 代码 A2)\nA2：电池没电。充电两小时。\n\n[2] (收音机.md, 代码 A12)\nA12：天线松动。把天线插紧，直到听见咔嗒声。",
} as const;

const texts: Readonly<Record<Locale, GroundedTexts>> = {
  en: {
    system:
      "Answer the question from the passages alone, in one short sentence with the exact fact. If the passages do not say it, reply: I don't know.",
    user: "{{context}}\n\nQuestion: {{question}}",
    examples: [
      {
        user: `${shop.en}\n\nQuestion: Within how many days can I return a broken lamp?`,
        assistant: "A broken lamp can be returned within 30 days.",
      },
      { user: `${shop.en}\n\nQuestion: Who owns the shop?`, assistant: "I don't know." },
      {
        user: `${radio.en}\n\nQuestion: What does A12 mean?`,
        assistant: "A12 means that the antenna is loose.",
      },
    ],
  },
  zh: {
    system: "只根据资料回答问题，用一个短句写出准确的事实。资料里没有答案时，回答：我不知道。",
    user: "{{context}}\n\n问题：{{question}}",
    examples: [
      { user: `${shop.zh}\n\n问题：坏了的台灯几天内可以退？`, assistant: "坏了的台灯三十天内可以退。" },
      { user: `${shop.zh}\n\n问题：商店的老板是谁？`, assistant: "我不知道。" },
      // Near what is there, and not there: without it the number of something alike is taken.
      { user: `${shop.zh}\n\n问题：网上下单几天送到？`, assistant: "我不知道。" },
      { user: `${radio.zh}\n\n问题：A12 是什么意思？`, assistant: "A12 表示天线松动。" },
    ],
  },
};

/** A prompt that answers from what a search found. One line, no invention: what a small model can hold, and what can be checked. */
export const groundedSettings = (locale: Locale) => {
  const { system, user, examples } = texts[locale];
  return {
    model: "default",
    system,
    user,
    examples: examples.map((example) => ({ ...example })),
    temperature: 0,
    maxTokens: 100,
    stop: ["\n"],
  };
};

/** Characters of sources that go into the prompt. The citations show all. */
export const groundedContextLength = 1200;
