const english =
  /\b(?:do(?:es)? not|don['’]t|doesn['’]t|did not|cannot|can['’]t|could not|couldn['’]t|not able to|unable to) (?:know|say|tell|find|answer|mention|state|specify|provide|contain|include|determine)\b|\b(?:is|are|was|were) (?:not|n['’]t) (?:\w+ )?(?:mentioned|stated|given|specified|provided|known|said|available|found|in the (?:text|sources|passages))\b|\bno (?:information|source|answer|mention)\b|\bnot (?:mentioned|stated|specified|provided|given)\b|\bunknown\b|\bnot know\b/i;
const chinese =
  /不知道|不清楚|不能确定|无法(?:回答|确定|得知|找到|判断)|(?:没有|未|并未|没)(?:直接|明确|具体)?(?:提到|提及|说明|写明|给出|涉及|找到|提供|包含|说|相关|关于|有关)|没有.{0,12}(?:信息|内容|资料|答案)/;

/** Whether a reply says that it does not know. */
export const saysUnknown = (reply: string): boolean => {
  const text = reply.normalize("NFKC");
  return english.test(text) || chinese.test(text);
};
