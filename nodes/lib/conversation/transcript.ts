import type { Message } from "@/runtime/node/port";

const chinese = /[\u4e00-\u9fff]/;

/** Whether what is said is mostly to be read by who reads Chinese: then so is what stands around it. */
export const isChinese = (texts: readonly string[]): boolean => texts.some((text) => chinese.test(text));

/** Messages as a text, one after the other, each with who said it. */
export const transcriptOf = (messages: readonly Message[]): string => {
  const inChinese = isChinese(messages.map(({ content }) => content));
  const user = inChinese ? "用户：" : "User: ";
  const assistant = inChinese ? "助手：" : "Assistant: ";
  return messages.map(({ role, content }) => `${role === "user" ? user : assistant}${content}`).join("\n");
};
