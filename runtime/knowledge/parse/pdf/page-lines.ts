import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { OpenPdf } from "./open-pdf";
import { pageAnnotations } from "./page-annotations";
import { type PageDrawing, pageDrawing } from "./page-drawing";
import { type PositionedText, pageFragments } from "./page-fragments";
import type { PageLine } from "./page-line";
import { pageTexts } from "./page-texts";
import { readingOrder } from "./reading-order";
import { type Stack, stackedTexts } from "./stacked-texts";
import { turnedTexts } from "./turned-texts";

export interface PageContent {
  readonly lines: readonly PageLine[];
  readonly drawing: PageDrawing;
  /** So many signs were left out, since nobody sees them. */
  readonly unseen: number;
  /** So many signs are of fonts that do not tell which letters they show. */
  readonly unreadable: number;
}

/** What is written on a page, line by line in reading order, and what is drawn on it. */
export async function pageLines(pdf: OpenPdf, page: PDFPageProxy): Promise<PageContent> {
  const { transform } = page.getViewport({ scale: 1 });
  const [{ items, styles }, drawing, { texts: added, notes }] = await Promise.all([
    page.getTextContent(),
    // Without them the text is still there: all of it counts as seen then, and nothing is filled in.
    pageDrawing(pdf, page).catch(() => nothingDrawn(page)),
    pageAnnotations(page).catch(() => ({ texts: [], notes: [] })),
  ]);
  const all = items.flatMap((item) =>
    "str" in item ? [{ ...item, transform: turnedBy(pdf, transform, item.transform) }] : [],
  );
  const vertical = all.filter(({ fontName }) => styles[fontName]?.vertical).length;
  const { texts: seen, unseen } = pageTexts(all, drawing);
  const unreadable = seen.reduce((sum, { str }) => sum + (str.match(lost)?.length ?? 0), 0);
  if (vertical > all.length / 2) return { lines: verticalLines(all), drawing, unseen: 0, unreadable };
  const { stacks, rest } = stackedTexts(seen);
  const stacked = stackLines(stacks);
  const lines = turnedTexts([...rest, ...added], drawing.rules).flatMap(({ turn, texts, rules }) =>
    readingOrder(pageFragments(texts), rules).map((line) => ({ ...line, turn })),
  );
  // A title down the page's side, or columns that are the page, stand where they begin.
  const isAbove = (stacks[0]?.top ?? 0) <= Math.min(...lines.map(({ y }) => y), Number.POSITIVE_INFINITY);
  const inOrder = isAbove ? [...stacked, ...lines] : [...lines, ...stacked];
  return { lines: [...inOrder, ...noteLines(notes, lines)], drawing, unseen, unreadable };
}

/** One line a stack, of a direction of their own so that they are no part of a paragraph beside them. */
const stackLines = (stacks: readonly Stack[]): PageLine[] => {
  const [first] = stacks;
  if (first === undefined) return [];
  const width = Math.max(...stacks.map(({ text, size }) => text.length * size));
  return stacks.map(({ text, size }, index) => ({
    text,
    left: first.left,
    right: first.left + width,
    columnLeft: first.left,
    columnRight: first.left + width,
    y: first.top + index * size * 1.4,
    size,
    turn: 720,
  }));
};

const nothingDrawn = (page: PDFPageProxy): PageDrawing => {
  const { width, height } = page.getViewport({ scale: 1 });
  return {
    page: { left: 0, top: 0, right: width, bottom: height },
    texts: [],
    pictures: [],
    covers: [],
    rules: [],
    shapes: 0,
    isUnsure: true,
  };
};

/** Replaced, private and control signs: letters whose font does not say which they are. */
const lost = /[\ufffd\ue000-\uf8ff]|(?![\t\n\r])\p{Cc}/gu;

const turnedBy = ({ library }: OpenPdf, view: readonly number[], transform: readonly number[]): number[] =>
  library.Util.transform(view as number[], transform as number[]) as number[];

/** Lines from top to bottom come in the order in which they are read. */
const verticalLines = (texts: readonly PositionedText[]): PageLine[] =>
  texts
    .filter(({ str }) => str.trim() !== "")
    .map(({ str }, index) => ({
      text: str.trim(),
      left: 0,
      right: 1,
      columnLeft: 0,
      columnRight: 1,
      y: index * 10,
      size: 10,
    }));

/** Below all that stands on the page. */
function noteLines(notes: readonly string[], lines: readonly PageLine[]): PageLine[] {
  const size = lines.at(-1)?.size ?? 10;
  const bottom = Math.max(0, ...lines.map(({ y }) => y));
  return notes.map((text, index) => ({
    text: text.replace(/\s+/g, " "),
    left: 0,
    right: 1,
    columnLeft: 0,
    columnRight: 1,
    y: bottom + (index + 2) * 3 * size,
    size,
    turn: 360,
  }));
}
