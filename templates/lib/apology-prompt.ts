import type { Locale } from "@/runtime/node/localized";

interface PromptTexts {
  readonly system: string;
  readonly examples: readonly { readonly user: string; readonly assistant: string }[];
}

/**
 * A PEEL prompt: the Problem, Examples, an Explanation and the Logical chain to follow. The examples all end the same way, which
 * holds even a very small model to one honest sentence about the complaint and one about what follows.
 */
export const apologyPrompt: Readonly<Record<Locale, PromptTexts>> = {
  en: {
    system: `Problem: A customer complains. Write the first lines of our reply.
Explanation: The customer must see that we have read the complaint.
Logical chain: Find what went wrong. Say it again in our words. Say that we look into it.`,
    examples: [
      {
        user: "The heater I bought last week is loud and does not get warm.",
        assistant: "We are sorry that your new heater is loud and does not get warm. We will look into it today.",
      },
      {
        user: "I paid for two tickets but only one came by mail.",
        assistant: "We are sorry that only one of your two tickets came. We will look into it today.",
      },
      {
        user: "I asked for a call back on Monday and nobody called me.",
        assistant: "We are sorry that nobody called you back on Monday. We will look into it today.",
      },
    ],
  },
  // Plain characters: small models write rarer ones, such as 歉, byte by byte and often wrong.
  zh: {
    system: `问题：顾客来投诉，请写出回复的第一句话。
说明：要让顾客看到我们读懂了投诉。
推理：找出哪里出了问题，用自己的话复述，再说我们会处理。`,
    examples: [
      {
        user: "上周买的取暖器声音很大，而且不热。",
        assistant: "对不起，您的取暖器声音大而且不热。我们今天就处理。",
      },
      { user: "我买了两张票，只收到一张。", assistant: "对不起，您的两张票只收到一张。我们今天就处理。" },
      { user: "说好周一给我回电话，没有人打来。", assistant: "对不起，周一没有人给您回电话。我们今天就处理。" },
    ],
  },
};

/** Settings that suit a small model: the likeliest words, one line, little room to wander. */
export const apologySettings = (locale: Locale, variable: string) => ({
  model: "default",
  system: apologyPrompt[locale].system,
  user: `{{${variable}}}`,
  examples: apologyPrompt[locale].examples.map((example) => ({ ...example })),
  temperature: 0,
  maxTokens: 80,
  stop: ["\n"],
});
