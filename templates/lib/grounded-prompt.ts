import type { Locale } from "@/runtime/node/localized";

interface GroundedTexts {
  readonly system: string;
  readonly user: string;
  readonly examples: readonly { readonly user: string; readonly assistant: string }[];
}

const texts: Readonly<Record<Locale, GroundedTexts>> = {
  en: {
    system: "Answer the question with a sentence of the text.",
    user: "{{context}}\n\nQuestion: {{question}}\nAnswer:",
    examples: [
      {
        user: "[1] (Shop.md)\nThe shop opens at 9:00 and closes at 18:30. Parking is free.\n\nQuestion: When does the shop close?\nAnswer:",
        assistant: "The shop closes at 18:30.",
      },
      {
        user: "[1] (Shop.md)\nBroken goods are taken back within 30 days. Bring the receipt.\n\nQuestion: Can I return a broken lamp?\nAnswer:",
        assistant: "Broken goods are taken back within 30 days.",
      },
    ],
  },
  zh: {
    system: "用资料中的一句话回答问题。",
    user: "{{context}}\n\n问题：{{question}}\n回答：",
    examples: [
      {
        user: "[1] (商店.md)\n商店上午九点开门，晚上六点半关门。停车免费。\n\n问题：商店几点关门？\n回答：",
        assistant: "商店晚上六点半关门。",
      },
      {
        user: "[1] (商店.md)\n坏了的商品三十天内可以退。请带上收据。\n\n问题：坏了的台灯能退吗？\n回答：",
        assistant: "坏了的商品三十天内可以退。",
      },
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
    maxTokens: 160,
    stop: ["\n"],
  };
};

/** Characters of sources that go into the prompt: the built-in model is confused by more than one good passage. The citations show all. */
export const groundedContextLength = 450;
