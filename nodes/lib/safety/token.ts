import { personalKinds } from "./personal/detector";

// A token as it was made, `[EMAIL_1]`, and as models write it: in other brackets, with signs escaped for Markdown, in lower case, with blanks, bare.
const between = "(?:\\\\?[_-]| )";
const kind = `[A-Za-z]{2,20}(?:${between}[A-Za-z]{2,20}){0,2}`;
const number = "[0-9a-fA-F]{1,32}(?:\\\\?_[0-9]{1,9})?";
/** Both brackets are escaped or none, so that an escape in front of a token is never taken for a part of it. */
const escaped = `\\\\\\[${kind}${between}${number}\\\\\\]`;
const bracketed = `[[【［〔] ?${kind}${between}${number} ?[\\]】］〕]`;
const bare = `(?<![A-Za-z0-9_\\\\])[A-Za-z]{2,20}(?:\\\\?_[A-Za-z]{2,20}){0,2}\\\\?_${number}(?![A-Za-z0-9_])`;

const any = new RegExp(`${escaped}|${bracketed}|${bare}`, "g");
const bareOnly = new RegExp(bare, "g");

const kinds = personalKinds.map((each) => each.toUpperCase().replaceAll("-", "_"));
const ofKnownKind = new RegExp(`^(?:${kinds.join("|")})_`);
/** What was a token before a model translated its kind. */
const translated =
  /[[【［]\s?(?:(?:电子)?邮箱(?:地址)?|(?:电子)?邮件|姓名|名字|人名|电话(?:号码)?|手机(?:号码?)?|身份证号?码?|银行卡号?|卡号|护照号?|IP ?地址|(?:\p{Lu}{2,24}|[^\p{ASCII}\s]{1,24})(?=_))[ _-]?\d{1,4}\s?[\]】］]/gu;

/** The name that all ways to write a token share: that of `【Email_1】` and `[EMAIL\_1]` is `EMAIL_1`. */
export const tokenName = (written: string): string =>
  written
    .replace(/[^A-Za-z0-9_ -]/g, "")
    .trim()
    .replace(/[ -]/g, "_")
    .toUpperCase();

/** All that could be read as a token, each once, as it is written. */
export const tokensIn = (text: string): ReadonlySet<string> =>
  new Set([...(text.match(any) ?? []), ...(text.match(bareOnly) ?? []), ...(text.match(translated) ?? [])]);

/** Whether a text holds what a mask puts in the place of personal data, as it was made or as models write it. */
export const holdsMask = (text: string): boolean =>
  [...tokensIn(text)].some((token) => ofKnownKind.test(tokenName(token)) || token.search(translated) >= 0);

export interface Unmasked {
  readonly text: string;
  /** Tokens that were put back. */
  readonly count: number;
  /** What still looks like a token, each once; at most 20. */
  readonly left: readonly string[];
}
const mostLeft = 20;

/**
 * Puts back what the tokens stand for, in one pass: what comes back is never read as a token again. Tokens that these originals do not know stay, and are
 * named in `left`.
 */
export const unmask = (text: string, originals: Readonly<Record<string, string>>): Unmasked => {
  // What stands for itself was in the text before it was masked, in whatever form.
  const known = new Map(
    Object.entries(originals).map(([made, value]) => [tokenName(made), made === value ? null : value]),
  );
  const left = new Set<string>();
  let count = 0;
  const putBack = (found: string): string | undefined => {
    const value = known.get(tokenName(found));
    if (value === null) return found;
    if (value !== undefined) count += 1;
    else if (ofKnownKind.test(tokenName(found))) left.add(found);
    return value;
  };
  for (const found of text.match(translated) ?? []) if (!known.has(tokenName(found))) left.add(found);
  const restored = text.replace(any, (found) => {
    const value = putBack(found);
    if (value !== undefined || ofKnownKind.test(tokenName(found))) return value ?? found;
    // Other words may stand in the brackets too: `[see EMAIL_1]`.
    return found.replace(bareOnly, (token) => (token === found ? token : (putBack(token) ?? token)));
  });
  return { text: restored, count, left: [...left].slice(0, mostLeft) };
};
