import { endOfText } from "./end-of-text";

/**
 * Like `JSON.parse`, but a number whose digits a double cannot hold (an order number of 19 digits, 2^53 and beyond) becomes a text of these very
 * digits, so that two different ones never become equal; so does one beyond all doubles (1e400). Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Most texts have no number that long.
  return /\d{16}|[eE]\+?\d{3}/.test(text) ? JSON.parse(quoteLongNumbers(text)) : value;
}

const isNumberSign = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || unit === 0x2d || unit === 0x2b || unit === 0x2e || unit === 0x65 || unit === 0x45;

/** Of a text that is valid JSON. */
function quoteLongNumbers(text: string): string {
  let written = "";
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      at = endOfText(text, at);
      continue;
    }
    if (unit !== 0x2d && !(unit >= 0x30 && unit <= 0x39)) continue;
    let end = at;
    while (end < text.length && isNumberSign(text.charCodeAt(end))) end++;
    const token = text.slice(at, end);
    if (isInexact(token)) {
      written += `${text.slice(kept, at)}"${token}"`;
      kept = end;
    }
    at = end - 1;
  }
  return written + text.slice(kept);
}

/**
 * Integers that a double would write otherwise, and numbers beyond all doubles. Of decimals it keeps the value to 15 digits, which is what people mean by
 * them.
 */
const isInexact = (token: string): boolean =>
  !Number.isFinite(Number(token)) || (/^-?\d{16,}$/.test(token) && String(Number(token)) !== token);
