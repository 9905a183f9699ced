import type { Span } from "../finding";
import type { Detector } from "./detector";

// The addresses that people use: the dot-atom of RFC 5322 with the letters of every script (RFC 6531) or a quoted name, at a host name of RFC 1123 or
// its international form (RFC 5890), or at an address in brackets.
const asciiLocal = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々ー]/u;
const begins = /[\p{L}\p{N}_+-]/u;
const label = /[\p{L}\p{M}\p{N}-]/u;
const literal = /^\[(?:IPv6:)?[0-9A-Fa-f.:]{3,45}\]/;
const longestLocal = 64;
const longestHost = 253;

/** Top-level domains in Chinese; without blanks nothing else says where a host ends and the sentence goes on. */
const chineseDomains =
  "中国 中國 公司 网络 網絡 网址 在线 商城 商标 集团 我爱你 香港 台湾 台灣 澳门 澳門 新加坡 世界 中文网 移动 手机 政务 政府 公益 机构 组织机构 网站 网店 广东 佛山 广告 企业 娱乐 游戏 信息 健康 购物 餐厅 招聘 时尚 珠宝 大众汽车 联通 信用卡".split(
    " ",
  );

/** Where a name before the sign begins. What is written without blanks goes on into the sentence, so it ends where the script changes. */
const startOfLocal = (text: string, at: number, free: number): number => {
  if (text[at - 1] === '"') {
    const open = text.lastIndexOf('"', at - 2);
    return open >= Math.max(free, at - longestLocal) && !text.slice(open, at).includes("\n") ? open : at;
  }
  const isUnspaced = unspaced.test(text[at - 1] ?? "");
  let from = at;
  while (from > free && at - from < longestLocal) {
    const sign = text[from - 1] ?? "";
    if (!asciiLocal.test(sign)) break;
    if (/[\p{L}\p{M}]/u.test(sign) && unspaced.test(sign) !== isUnspaced) break;
    from -= 1;
  }
  // The name of a field, as in `email=ada@example.com`, is none of the address.
  from += /^[A-Za-z_]{1,20}=(?=.)/.exec(text.slice(from, at))?.[0].length ?? 0;
  while (from < at && !begins.test(text[from] ?? "")) from += 1;
  return from;
};

/** Where the host behind the sign ends; the place itself where there is none. */
const endOfHost = (text: string, from: number): number => {
  const bracketed = literal.exec(text.slice(from, from + 50))?.[0];
  if (bracketed !== undefined) return from + bracketed.length;
  const labels: { start: number; end: number }[] = [];
  let at = from;
  while (labels.length < 9 && at - from < longestHost) {
    const end = endOfLabel(text, at, from + longestHost);
    if (end === at) break;
    labels.push({ start: at, end });
    if (text[end] !== ".") break;
    at = end + 1;
  }
  // The last label that may be a top-level domain ends the host; what follows it is the sentence.
  for (let last = labels.length - 1; last > 0; last -= 1) {
    const { start, end } = labels[last] ?? { start: from, end: from };
    const top = topLevel(text.slice(start, end));
    if (top > 0) return start + top;
  }
  return from;
};

const endOfLabel = (text: string, from: number, most: number): number => {
  const isUnspaced = unspaced.test(text[from] ?? "");
  let end = from;
  while (end < most && end - from < 63 && label.test(text[end] ?? "")) {
    if (/\p{L}/u.test(text[end] ?? "") && unspaced.test(text[end] ?? "") !== isUnspaced) break;
    end += 1;
  }
  while (end > from && text[end - 1] === "-") end -= 1;
  return text[from] === "-" ? from : end;
};

/** Length of the top-level domain at the beginning of a label, 0 where it is none. */
const topLevel = (found: string): number => {
  if (/^xn--[A-Za-z0-9-]{2,59}$/.test(found)) return found.length;
  if (unspaced.test(found[0] ?? "")) {
    return Math.max(0, ...chineseDomains.filter((domain) => found.startsWith(domain)).map(({ length }) => length));
  }
  return /^[\p{L}\p{M}]{2,24}$/u.test(found) ? found.length : 0;
};

export const findEmails: Detector = function* (text) {
  const spans: Span[] = [];
  let free = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    yield;
    const start = startOfLocal(text, at, free);
    if (start === at) continue;
    const end = endOfHost(text, at + 1);
    if (end === at + 1) continue;
    free = end;
    spans.push({ start, end, score: 0.99 });
  }
  return spans;
};
