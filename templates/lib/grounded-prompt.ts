import type { Locale } from "@/runtime/node/localized";

interface GroundedTexts {
  readonly system: string;
  readonly user: string;
  readonly examples: readonly { readonly user: string; readonly assistant: string }[];
}

const texts: Readonly<Record<Locale, GroundedTexts>> = {
  en: {
    system: "Answer the question in one short sentence, with the words of the sources only.",
    user: "Sources: {{context}}\nQuestion: {{question}}",
    examples: [
      {
        user: "Sources: [1] The shop opens at 9:00 and closes at 18:30. Parking is free for two hours.\nQuestion: When does the shop close?",
        assistant: "The shop closes at 18:30.",
      },
    ],
  },
  zh: {
    system: "只用资料中的原话，用一句话回答问题。",
    user: "资料：{{context}}\n问题：{{question}}",
    examples: [
      {
        user: "资料：[1] 商店上午九点开门，晚上六点半关门。停车两小时内免费。\n问题：商店几点关门？",
        assistant: "商店晚上六点半关门。",
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
    maxTokens: 80,
    stop: ["\n"],
  };
};
