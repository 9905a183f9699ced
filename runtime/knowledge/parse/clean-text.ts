/** Invisible and meaningless in plain text: controls, soft hyphens, zero-width spaces, byte order and directional marks. */
const unwanted = /(?![\n\t])\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/gu;
const anyLineEnd = /\r\n?|[\u0085\u2028\u2029]/g;
const oddSpace = /[\u00a0\u2000-\u200a\u202f\u205f]/g;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Shapes of letters that some PDFs give instead of the letters: ligatures, Kangxi radicals, signs kept for compatibility. */
const shapes = /[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06]/g;
/** Radicals that Unicode itself does not equate with the sign of the same shape. */
const radicals = new Map(
  "⺠民 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟"
    .split(" ")
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const radical = /[\u2e80-\u2ef3]/g;

/** One kind of line end and space, one sign for one letter, no control characters, no halves of characters. */
export const cleanText = (text: string): string =>
  text
    .replace(anyLineEnd, "\n")
    .replace(oddSpace, " ")
    .replace(unwanted, "")
    .replace(shapes, (sign) => sign.normalize("NFKC"))
    .replace(radical, (sign) => radicals.get(sign) ?? sign.normalize("NFKC"))
    .replace(loneSurrogate, "\ufffd");

/** The same on one line, for headings and cells. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim();
