import type { Span } from "../finding";
import type { Detector } from "./detector";

// The addresses that people use: the dot-atom of RFC 5322 in ASCII, at a host name of RFC 1123 with a top-level domain of letters.
const local = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/;
const localAtEnd = /[A-Za-z0-9_+-][A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{0,63}$/;
const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})/;
const longestLocal = 64;
const longestHost = 253;

export const findEmails: Detector = (text) => {
  const spans: Span[] = [];
  let free = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let from = at;
    while (from > free && at - from < longestLocal && local.test(text[from - 1] ?? "")) from -= 1;
    const name = localAtEnd.exec(text.slice(from, at))?.[0];
    const domain = host.exec(text.slice(at + 1, at + 1 + longestHost))?.[0];
    if (name === undefined || domain === undefined) continue;
    free = at + 1 + domain.length;
    spans.push({ start: at - name.length, end: free, score: 0.99 });
  }
  return spans;
};
