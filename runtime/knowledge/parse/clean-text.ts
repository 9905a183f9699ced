/** Invisible and meaningless in plain text: controls, soft hyphens, zero-width spaces, byte order and directional marks. */
const unwanted = /(?![\n\t])\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/gu;
const anyLineEnd = /\r\n?|[\u0085\u2028\u2029]/g;
const oddSpace = /[\u00a0\u2000-\u200a\u202f\u205f]/g;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** One kind of line end and space, no control characters, no halves of characters. */
export const cleanText = (text: string): string =>
  text.replace(anyLineEnd, "\n").replace(oddSpace, " ").replace(unwanted, "").replace(loneSurrogate, "\ufffd");

/** The same on one line, for headings and cells. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim();
