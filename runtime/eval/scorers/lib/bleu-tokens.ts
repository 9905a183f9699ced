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

/**
 * What sacreBLEU takes for a Chinese character. Its table means to name U+20000 to U+2A6D6, but spells them so that Python reads U+2001 to U+2A6D: dashes,
 * dots and curly quotation marks stand alone, and rare characters beyond the basic plane do not. Scores are comparable only where this is the same.
 */
const chineseCharacter =
  /[\u2001-\u2a6d\u2e80-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u33ff\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/gu;

/** Each Chinese character is a token of its own. */
export const tokensZh = (text: string): string[] => separated(text.trim().replace(chineseCharacter, " $& "));
