/** The signs of Adobe's Symbol font from 0x21, as Unicode; a dot stands for one that there is not. */
const symbol = "!∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const symbolHigh = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
/** Those of Wingdings that people use: checks, boxes, arrows, hands. */
const wingdings: Readonly<Record<number, string>> = {
  40: "☎",
  42: "✉",
  70: "☞",
  74: "☺",
  76: "☹",
  108: "●",
  110: "■",
  111: "□",
  113: "❑",
  117: "◆",
  118: "❖",
  119: "◆",
  159: "•",
  161: "○",
  167: "▪",
  168: "◻",
  216: "➢",
  224: "→",
  223: "←",
  232: "➔",
  240: "⇨",
  251: "✗",
  252: "✓",
  253: "☒",
  254: "☑",
};

export const isSymbolFont = (font: string | undefined): boolean =>
  font !== undefined && /^(?:symbol|wingdings(?: [23])?|webdings)$/i.test(font.trim());

/** A sign of a font whose letters are pictures, as Unicode. `code` may be in the private area, as Word writes it. "" where nobody knows it. */
export function symbolSign(font: string, code: number): string {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  if (/^symbol$/i.test(font.trim())) {
    if (place === 0x20) return " ";
    return (place >= 0xa1 ? [...symbolHigh][place - 0xa1] : [...symbol][place - 0x21]) ?? "";
  }
  if (/^wingdings$/i.test(font.trim())) return place === 0x20 ? " " : (wingdings[place] ?? "");
  if (/^wingdings 2$/i.test(font.trim()))
    return ({ 80: "✓", 79: "✗", 82: "☑", 81: "☒", 163: "□" } as Record<number, string>)[place] ?? "";
  return "";
}

/** A text in such a font. */
export const symbolText = (font: string, text: string): string =>
  [...text].map((sign) => symbolSign(font, sign.codePointAt(0) ?? 0)).join("");
