import { a4, makePdf, type PdfLine, type PdfPage } from "./make-pdf";

export type LongPdfLanguage = "en" | "zh";

const margin = 60;
const size = 11;
const leading = 17;
const pagesOfChapter = 10;

/** A sentence that stands on one page only, to be searched for. */
export const pageFact = (language: LongPdfLanguage, page: number): string =>
  language === "en"
    ? `The maintenance code of compressor number ${page} is K${page * 37}.`
    : `第${page}号压缩机的维护代码是K${page * 37}。`;

export const chapterTitle = (language: LongPdfLanguage, chapter: number): string =>
  language === "en" ? `Chapter ${chapter} Care of the machines` : `第${chapter}章 机器的保养`;

const words = {
  en: `pump valve filter motor cable sensor operator checks cleans replaces tightens measures opens closes every daily weekly before after
    pressure temperature current level carefully slowly regularly the old new left right upper lower main spare`.split(
    /\s+/,
  ),
  zh: "水泵 阀门 滤网 电机 电缆 传感器 操作员 检查 清洗 更换 拧紧 测量 打开 关闭 每天 每周 之前 之后 压力 温度 电流 液位 仔细 缓慢 定期 旧的 新的 左侧 右侧 上部 下部 主要 备用".split(
    " ",
  ),
} as const;

/**
 * A manual of as many pages: chapters of ten pages, a header, page numbers, hyphenated English, and a fact on each page. Pages are full, or have so
 * many paragraphs.
 */
export function longPdf(language: LongPdfLanguage, pages: number, paragraphs = Number.POSITIVE_INFINITY): Uint8Array {
  const chapters = Math.ceil(pages / pagesOfChapter);
  return makePdf(
    Array.from({ length: pages }, (_, index) => pageOf(language, index + 1, paragraphs)),
    {
      outline: Array.from({ length: chapters }, (_, index) => ({
        title: chapterTitle(language, index + 1),
        page: index * pagesOfChapter + 1,
      })),
    },
  );
}

function pageOf(language: LongPdfLanguage, page: number, paragraphs: number): PdfPage {
  const header = language === "en" ? "Handbook of the works" : "工厂手册";
  const footer = language === "en" ? `Page ${page}` : `第 ${page} 页`;
  const lines: PdfLine[] = [
    { text: header, x: margin, y: 40, size: 9 },
    { text: footer, x: a4.width / 2 - 15, y: a4.height - 30, size: 9 },
  ];
  let y = 80;
  if ((page - 1) % pagesOfChapter === 0) {
    lines.push({ text: chapterTitle(language, (page - 1) / pagesOfChapter + 1), x: margin, y, size: 20 });
    y += 40;
  }
  const random = generator(page);
  for (let paragraph = 0; paragraph < paragraphs && y < a4.height - 120; paragraph++) {
    const text = paragraph === 1 ? pageFact(language, page) : paragraphOf(language, random);
    for (const line of wrap(language, text)) {
      lines.push({ text: line, x: margin, y, size });
      y += leading;
    }
    y += leading * 0.8;
  }
  return { lines };
}

function paragraphOf(language: LongPdfLanguage, random: () => number): string {
  const list = words[language];
  const sentence = () => {
    const chosen = Array.from(
      { length: 8 + Math.floor(random() * 8) },
      () => list[Math.floor(random() * list.length)] ?? "",
    );
    const text = chosen.join(language === "en" ? " " : "");
    return language === "en" ? `${text[0]?.toUpperCase()}${text.slice(1)}. ` : `${text}。`;
  };
  return Array.from({ length: 5 }, sentence).join("").trim();
}

/** Full lines: Chinese is cut anywhere but before a mark, English at words, the longer of which are parted with a hyphen. */
function wrap(language: LongPdfLanguage, text: string): string[] {
  const wide = Math.floor((a4.width - 2 * margin) / size);
  if (language === "zh") return text.match(new RegExp(`.{1,${wide}}[。，]?`, "gu")) ?? [];
  const width = Math.floor(wide * 1.9);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    const room = width - line.length - 2;
    const [head, tail] = room >= 4 && /^[a-z]{8,}$/.test(word) ? [word.slice(0, 4), word.slice(4)] : ["", word];
    lines.push(head === "" ? line : `${line} ${head}-`);
    line = tail;
  }
  return [...lines, line];
}

/** The same numbers each time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
