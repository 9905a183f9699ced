// Tokenisation of sacreBLEU (Post, "A Call for Clarity in Reporting BLEU Scores", 2018), so that scores can be compared with published ones.

const separated = (line: string): string[] =>
  line
    .replace(/([{-~[-` -&(-+:-@/])/gu, " $1 ")
    .replace(/([^0-9])([.,])/gu, "$1 $2 ")
    .replace(/([.,])([^0-9])/gu, " $1 $2")
    .replace(/([0-9])(-)/gu, "$1 $2 ")
    .split(/\s+/u)
    .filter((token) => token !== "");

/** As mteval-v13a does it for languages that write blanks between words. */
export const tokens13a = (text: string): string[] => {
  const line = text
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return separated(` ${line} `);
};

const chineseCharacter =
  /[\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\u{20000}-\u{2a6d6}\u{2f800}-\u{2fa1d}\uff00-\uffef\u2e80-\u2eff\u3000-\u303f\u31c0-\u31ef\u2f00-\u2fdf\u2ff0-\u2fff\u3100-\u312f\u31a0-\u31bf\ufe10-\ufe1f\ufe30-\ufe4f\u2600-\u27bf\u3200-\u33ff]/gu;

/** Each Chinese character is a token of its own. */
export const tokensZh = (text: string): string[] => separated(text.trim().replace(chineseCharacter, " $& "));
