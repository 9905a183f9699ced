import type { ParsedDocument, Table } from "../parse/parsed-document";
import { breakStrength, type Strength, strength } from "./break-strength";
import type { Chunk } from "./chunk";
import { type ChunkSettings, chunkLimits } from "./chunk-settings";
import { type Cutting, cutText, type Range } from "./cut-text";
import { fencedBlocks } from "./fenced-blocks";
import { createPlacer, isOneLine } from "./place-chunk";
import { createRowContext } from "./row-context";

type Chunkable = Pick<ParsedDocument, "text" | "outline" | "tables">;

/** What of a row is kept beside its chunk, to filter by and to show. */
const metadataLimits = { columns: 50, value: 200 } as const;

/**
 * Cuts a document into passages. They follow the text in order and cover all of it but white space; no sign is cut. A document
 * without an outline may be given as `{ text, outline: [] }`.
 */
export function chunkDocument(document: Chunkable, settings: ChunkSettings): Chunk[] {
  const steps = chunkSteps(document, settings);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, left after each passage: a long document takes a second. */
export function* chunkSteps(document: Chunkable, { by, size, overlap }: ChunkSettings): Generator<void, Chunk[], void> {
  const { text } = document;
  const cutting: Cutting = {
    size: Math.min(Math.max(Math.floor(size), chunkLimits.minimumSize), chunkLimits.maximumSize),
    overlap: Math.max(0, Math.floor(overlap)),
    unit: by === "token" ? "tokens" : "characters",
    breaks: breaksOf(document),
    blocks: fencedBlocks(text),
  };
  yield;
  const place = createPlacer(document);
  const rowContext = createRowContext(document.tables ?? []);
  const chunks: Chunk[] = [];
  const add = ({ start, end }: Range, metadata?: Readonly<Record<string, string>>) => {
    const placed = place(start, end);
    const row = rowContext(start);
    const heading = [placed.heading, row].filter((part) => part !== undefined).join(" > ");
    chunks.push({
      position: chunks.length,
      text: text.slice(start, end),
      start,
      end,
      ...placed,
      ...(heading === "" ? {} : { heading }),
      ...(metadata ? { metadata } : {}),
    });
  };
  for (const { range, metadata } of partsOf(document, by)) {
    // Every piece of a row belongs to that row.
    for (const piece of cutText(text, range, cutting)) {
      add(piece, metadata);
      yield;
    }
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

/**
 * Where a page begins that no paragraph runs over to, and where a sheet does: a passage that named only the first of several would
 * send its reader to the wrong place.
 */
function placeStarts({ text, outline, tables = [] }: Chunkable): number[] {
  const rows = new Set(tables.flatMap((table) => table.rows.map(({ start }) => start)));
  const pages = outline.filter(
    ({ kind, start }) => kind === "page" && (rows.has(start) || breakStrength(text, start) >= strength.paragraph),
  );
  const sheets = new Set(tables.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const sheetStarts = outline.filter(
    (entry) => entry.kind === "heading" && entry.level === 1 && sheets.has(entry.title),
  );
  return [...pages, ...sheetStarts].map(({ start }) => start);
}

/** The parts that are cut each by itself: no passage runs from one into the next. */
function partsOf(document: Chunkable, by: ChunkSettings["by"]): Part[] {
  const { text, tables = [] } = document;
  const ends = new Set(placeStarts(document));
  if (by === "heading") for (const start of sectionStarts(document)) ends.add(start);
  const starts = [...ends].filter((start) => start > 0 && start < text.length).sort((one, other) => one - other);
  if (by !== "row") {
    return [0, ...starts].map((start, index) => ({ range: { start, end: starts[index] ?? text.length } }));
  }
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
