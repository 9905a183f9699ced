import type { CacheDifference } from "@/runtime/capability/cache/lookup";
import { factsOf, missingFacts, readSource } from "../facts/facts";
import { countDenials, isContradicted, readClauses } from "../facts/polarity";

/** Of each row, one word asks for the opposite of the other, where no word denies anything. */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:turn|switch)(?:ed|ing)?(?: \w+){0,3} on\b|\bon\b/, /\b(?:turn|switch)(?:ed|ing)?(?: \w+){0,3} off\b|\boff\b/],
  [/\benabl\w*/, /\bdisabl\w*/],
  [/\bactivat\w*/, /\bdeactivat\w*/],
  [/\bopen(?:s|ed|ing)?\b/, /\bclos(?:e|es|ed|ing)\b|\bshut\b/],
  [/\bstart(?:s|ed|ing)?\b|\bbegin\w*/, /\bstop(?:s|ped|ping)?\b|\bend(?:s|ed|ing)?\b/],
  [/\badd(?:s|ed|ing)?\b|\binstall\w*/, /\bremov\w*|\bdelet\w*|\buninstall\w*/],
  [/\bincreas\w*|\brais\w*/, /\bdecreas\w*|\breduc\w*|\blower(?:s|ed|ing)?\b/],
  [/\bbefore\b|\bearliest\b/, /\bafter\b|\blatest\b/],
  [/\bbuy(?:s|ing)?\b|\bpurchas\w*/, /\bsell(?:s|ing)?\b/],
  [/\bsubscrib\w*/, /\bunsubscrib\w*/],
  [/\block(?:s|ed|ing)?\b/, /\bunlock\w*/],
  [/\bconnect\w*/, /\bdisconnect\w*/],
  [/\b(?:log|sign)(?:ged|ging|ing|ed)? ?in\b/, /\b(?:log|sign)(?:ged|ging|ing|ed)? ?out\b/],
  [/\bcheck(?:ed|ing)?[- ]?in\b/, /\bcheck(?:ed|ing)?[- ]?out\b/],
  [/\bmaximum\b|\bmost\b|\bhighest\b|\blargest\b/, /\bminimum\b|\bleast\b|\blowest\b|\bsmallest\b/],
  [/\bwith\b|\binclud\w*/, /\bwithout\b|\bexclud\w*/],
  [/\bdeposit\w*/, /\bwithdraw\w*/],
  [/\bimport\w*/, /\bexport\w*/],
  [/\bupload\w*/, /\bdownload\w*/],
  [/\bupgrad\w*/, /\bdowngrad\w*/],
  [/\bincoming\b|\bsender\b/, /\boutgoing\b|\brecipient\b/],
  [/开启|打开|开通|启用|激活/, /关闭|关掉|停用|禁用|注销/],
  [/增加|提高|上调|上涨|增大/, /减少|降低|下调|下跌|减小/],
  [/添加|新增|安装|加入/, /删除|移除|卸载|退出/],
  [/之前|以前|最早/, /之后|以后|最晚/],
  [/买入|购买|买/, /卖出|出售|卖(?!家)/],
  [/转入|存入|存款|收入|流入/, /转出|取出|取款|支出|流出/],
  [/登录|登陆/, /登出|退出/],
  [/最高|最大|最多|最长/, /最低|最小|最少|最短/],
  [/绑定/, /解绑|解除绑定/],
  [/订阅|订购|订阅/, /退订|取消/],
  [/锁定|冻结/, /解锁|解冻/],
  [/导入|上传/, /导出|下载/],
  [/含税|包含/, /不含税|不包含/],
];

/** Words, or characters of scripts that do not part words, in their order. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];

const sorted = (words: readonly string[]): string => [...words].sort().join(" ");

/** Words that both hold, in the order of the first mention. */
const order = (words: readonly string[], known: ReadonlySet<string>): string =>
  [...new Set(words.filter((word) => known.has(word)))].join(" ");

const namesOf = (text: string): readonly string[] =>
  factsOf(text, "claim").flatMap((fact) => (fact.kind === "name" ? wordsOf(fact.text) : []));

const holds = (text: string, term: string): boolean => text.normalize("NFKC").toLowerCase().includes(term);

/**
 * In what two questions differ although they are near in meaning: embeddings put "Can I …" beside "Can I not …", 30 days beside 60, and a question beside
 * its reversal. null where nothing speaks against giving one the answer to the other; that they mean the same is not shown by that. `terms` are words
 * of which both or neither has to hold each.
 */
export const differenceOf = (left: string, right: string, terms: readonly string[] = []): CacheDifference | null => {
  const said = terms.map((term) => term.normalize("NFKC").toLowerCase()).filter((term) => term !== "");
  if (said.some((term) => holds(left, term) !== holds(right, term))) return "terms";
  if (dotted(left) !== dotted(right)) return "numbers";
  const kind = missingKind(left, right) ?? missingKind(right, left);
  if (kind !== null) return kind;
  if (
    countDenials(left) % 2 !== countDenials(right) % 2 ||
    isContradicted(left, readClauses(right)) ||
    isContradicted(right, readClauses(left))
  )
    return "denial";
  const [one, other] = [left, right].map((text) => text.normalize("NFKC").toLowerCase()) as [string, string];
  for (const [yes, no] of opposites) {
    const [a, b] = [asks(one, yes, no), asks(other, yes, no)];
    if (a !== 0 && b !== 0 && a !== b) return "opposites";
  }
  const [words, others] = [wordsOf(left), wordsOf(right)];
  if (words.join(" ") !== others.join(" ") && sorted(words) === sorted(others)) return "order";
  const named = new Set([...namesOf(left), ...namesOf(right), ...said.flatMap(wordsOf)]);
  return order(words, named) === order(others, named) ? null : "order";
};

/** 1 where a text asks for the one only, -1 for the other only, 0 for neither or both. */
const asks = (text: string, yes: RegExp, no: RegExp): -1 | 0 | 1 => {
  const negative = no.test(text);
  const positive = yes.test(text.replace(new RegExp(no, "g"), " "));
  return positive === negative ? 0 : positive ? 1 : -1;
};

/** Figures with points as they are written: 1.1 is another version than 1.10. */
const dotted = (text: string): string => sorted(text.normalize("NFKC").match(/\d{1,30}(?:\.\d{1,30}){1,30}/g) ?? []);

const missingKind = (claim: string, source: string): CacheDifference | null => {
  const facts = factsOf(claim, "claim");
  const missing = new Set(missingFacts(facts, readSource(source)));
  if (missing.size === 0) return null;
  return facts.some(({ kind, text }) => kind !== "name" && missing.has(text)) ? "numbers" : "names";
};
