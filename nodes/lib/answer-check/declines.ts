/** What says of itself that it does not know. "The fee does not include breakfast" and "Breakfast is not provided" are answers. Contractions are spelled out first. */
const english = [
  /\bI (?:do|ca|can|could|am|was)(?: ?not) (?:know|say|tell|find|answer|sure|able|certain)\b/i,
  /\b(?:text|passages?|sources?|documents?|context|information|handbook|manual|they|it) (?:do|does|did)(?: ?not) (?:say|mention|state|specify|contain|provide|include|give|tell|answer)\b/i,
  /\b(?:is|are|was|were) not (?:\w+ )?(?:mentioned|stated|specified|in the (?:text|passages?|sources?|documents?|handbook|manual))\b/i,
  /\b(?:it|this|that|answer|information) (?:is|was) not (?:known|given|provided|available)\b/i,
  /\bno (?:information|mention|answer)\b|^unknown\b/i,
];
const chinese =
  /不知道|不清楚|不确定|无法(?:回答|确定|得知|判断)|(?:没有|未|并未)(?:提到|提及|说明|写明|给出|涉及)|没有(?:找到)?(?:相关|有关|这方面)?的?(?:信息|内容|资料|答案|说明)/;

/** A reply that is longer says something besides. */
const longest = 160;

/** Whether a reply, in English or Chinese, says no more than that it does not know. */
export const declines = (answer: string): boolean => {
  const text = answer
    .normalize("NFKC")
    .replace(/n['’]t\b/gi, " not")
    .replace(/\bI['’]m\b/g, "I am")
    .trim();
  return text.length <= longest && (english.some((form) => form.test(text)) || chinese.test(text));
};
