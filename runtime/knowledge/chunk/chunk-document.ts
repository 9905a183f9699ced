import type { OutlineEntry, ParsedDocument, Table } from "../parse/parsed-document";
import { type Strength, strength } from "./break-strength";
import type { Chunk } from "./chunk";
import { type ChunkSettings, chunkLimits } from "./chunk-settings";
import { type Cutting, cutText, type Range } from "./cut-text";

type Chunkable = Pick<ParsedDocument, "text" | "outline" | "tables">;

/** What of a row is kept beside its chunk, to filter by and to show. */
const metadataLimits = { columns: 50, value: 200 } as const;

/**
 * Cuts a document into passages. They follow the text in order and cover all of it but white space; no sign is cut. A document
 * without an outline may be given as `{ text, outline: [] }`.
 */
export function chunkDocument(document: Chunkable, { by, size, overlap }: ChunkSettings): Chunk[] {
  const { text } = document;
  const cutting: Cutting = {
    size: Math.min(Math.max(Math.floor(size), chunkLimits.minimumSize), chunkLimits.maximumSize),
    overlap: Math.max(0, Math.floor(overlap)),
    unit: by === "token" ? "tokens" : "characters",
    breaks: breaksOf(document),
  };
  const place = createPlacer(document);
  const chunks: Chunk[] = [];
  const add = ({ start, end }: Range, metadata?: Readonly<Record<string, string>>) => {
    chunks.push({
      position: chunks.length,
      text: text.slice(start, end),
      start,
      end,
      ...place(start, end),
      ...(metadata ? { metadata } : {}),
    });
  };
  for (const { range, metadata } of partsOf(document, by)) {
    // Every piece of a row belongs to that row.
    for (const piece of cutText(text, range, cutting)) add(piece, metadata);
  }
  return chunks;
}

interface Part {
  readonly range: Range;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Where sections begin: at headings, but one with nothing under it goes with the one that follows. */
function sectionStarts({ text, outline }: Chunkable): number[] {
  const starts: number[] = [];
  let before: number | undefined;
  for (const { kind, start } of outline) {
    if (kind !== "heading" || start === before) continue;
    if (before === undefined || !isOneLine(text, before, start)) starts.push(start);
    before = start;
  }
  return starts;
}

function breaksOf(document: Chunkable): ReadonlyMap<number, Strength> {
  const rows = (document.tables ?? []).flatMap((table) => table.rows);
  return new Map<number, Strength>([
    ...rows.map(({ start }) => [start, strength.paragraph] as const),
    ...sectionStarts(document).map((start) => [start, strength.heading] as const),
  ]);
}

/** The parts that are cut each by itself: no passage runs from one into the next. */
function partsOf(document: Chunkable, by: ChunkSettings["by"]): Part[] {
  const { text, tables = [] } = document;
  if (by === "heading") {
    const starts = [0, ...sectionStarts(document).filter((start) => start > 0)];
    return starts.map((start, index) => ({ range: { start, end: starts[index + 1] ?? text.length } }));
  }
  if (by !== "row") return [{ range: { start: 0, end: text.length } }];
  const parts: Part[] = [];
  let from = 0;
  for (const table of tables) {
    for (const { start, end, values } of table.rows) {
      if (start > from) parts.push({ range: { start: from, end: start } });
      parts.push({ range: { start, end }, metadata: rowMetadata(table, values) });
      from = end;
    }
  }
  parts.push({ range: { start: from, end: text.length } });
  return parts;
}

function rowMetadata({ columns }: Table, values: readonly string[]): Record<string, string> {
  const metadata: Record<string, string> = {};
  columns.slice(0, metadataLimits.columns).forEach((column, index) => {
    const value = values[index] ?? "";
    if (value === "") return;
    // Not by assignment: a column may be called "__proto__".
    const kept = value.slice(0, metadataLimits.value).replace(/[\ud800-\udbff]$/, "");
    Object.defineProperty(metadata, column, { value: kept, enumerable: true, writable: true, configurable: true });
  });
  return metadata;
}

const isOneLine = (text: string, start: number, end: number): boolean => {
  const line = text.slice(start, Math.min(end, start + longestHeadingLine)).trim();
  return end - start < longestHeadingLine && !line.includes("\n");
};
const longestHeadingLine = 500;

/**
 * The page on which a passage begins, and the headings above it, among them those that it begins with. To be asked in the order of
 * the text: the outline is walked once.
 */
function createPlacer({ text, outline }: Chunkable): (start: number, end: number) => Pick<Chunk, "page" | "heading"> {
  let next = 0;
  let page: number | undefined;
  let last = 0;
  let path: { readonly level: number; readonly title: string }[] = [];
  const takes = (entry: OutlineEntry | undefined, start: number, end: number): entry is OutlineEntry => {
    if (!entry || entry.start <= start) return entry !== undefined;
    return entry.kind === "heading" && entry.start < end && last >= start && isOneLine(text, last, entry.start);
  };
  return (start, end) => {
    for (let entry = outline[next]; takes(entry, start, end); entry = outline[++next]) {
      if (entry.kind === "page") page = entry.page;
      else {
        const { level, title } = entry;
        path = [...path.filter((above) => above.level < level), { level, title }];
        last = entry.start;
      }
    }
    const heading = path.map(({ title }) => title).join(" > ");
    return { ...(page === undefined ? {} : { page }), ...(heading === "" ? {} : { heading }) };
  };
}
