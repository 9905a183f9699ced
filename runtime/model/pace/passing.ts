import { limitInText } from "./read-wait";

/** Characters of a message that are looked at. */
const longestText = 4_000;

/** A server, or a gateway before it, that cannot answer now: busy, starting, overloaded, or away for a moment. */
const awayStatuses: ReadonlySet<number> = new Set([425, 429, 502, 503, 521, 522, 523, 529]);

/** A model that is being brought into memory, as llama.cpp, Hugging Face, LM Studio, Triton and Chinese servers say it. */
const loading =
  /\b(?:loading|being loaded|still loading|warming up|starting up|not (?:yet )?ready|cold start)\b|加载中|正在加载|启动中|预热/i;
const overloaded =
  /overload|at capacity|over capacity|server(?: is|s are)? busy|engine is currently|no available (?:server|instance)|繁忙|过载/i;

/** Words of a limit of rate that came under another status than 429: Bedrock's and Alibaba's codes, proxies that rewrite. */
const throttled = /throttl|rate.?limit|too.?many.?requests|resource.?exhausted|限流|频率/i;

/** Whether a refused or failed call says of itself that it is one of rate, whatever its status. */
export const isThrottled = (code: string, text: string): boolean =>
  throttled.test(code) || /\b(?:too many requests|rate limit(?:ed)?\b|ThrottlingException)/i.test(text.slice(0, 400));

/** Whether an answer of this status and words passes by itself: the same call is worth asking again later. */
export const isPassing = (status: number, words: string): boolean => {
  if (awayStatuses.has(status)) return true;
  const seen = words.slice(0, longestText);
  if (status >= 400 && loading.test(seen) && /model|模型|server|service/i.test(seen)) return true;
  return status >= 500 && (overloaded.test(seen) || throttled.test(seen));
};

/** A request that alone is larger than the limit of a minute: no wait makes room for it. */
export const isTooLarge = (text: string): boolean => {
  if (/\brequest too large\b/i.test(text.slice(0, 400))) return true;
  const limit = limitInText(text);
  return limit?.requested != null && limit.requested > limit.perMinute;
};
