"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { memo, useEffect, useMemo, useRef } from "react";
import { QueryError } from "@/components/trpc/query-error";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { DocumentView } from "../types";
import { type Block, layOutPiece, type Marks, type Span, type TextRange, within } from "./lay-out-piece";
import { type Piece, pieceAt, pieceCount, pieceSize } from "./text-pieces";
import { useChunks } from "./use-chunks";
import { useDocumentText } from "./use-document-text";
import { useGoTo } from "./use-go-to";

/** A place to bring into sight. A new object goes there again. */
export interface Place {
  readonly start: number;
  /** Higher up in the window for a heading than for a passage, which is read with what stands before it. */
  readonly kind: "passage" | "heading";
}

export interface DocumentTextProps {
  readonly document: DocumentView;
  readonly cited: TextRange | null;
  readonly place: Place | null;
  readonly chunksShown: boolean;
  /** Told while one scrolls: about where the top of the window is in the text. */
  readonly onPlace: (start: number) => void;
}

/** Pixels that a piece takes, roughly, until it is drawn: a line of some 80 characters is 24 high. */
const guessedHeight = (pieceSize / 80) * 24;

/** A document's text of any length: only the pieces in sight are in the page, and only their text is fetched. */
export function DocumentText({ document, cited, place, chunksShown, onPlace }: DocumentTextProps) {
  const t = useTranslations("knowledge.document");
  const { id, textLength, outline } = document;
  const scroller = useRef<HTMLDivElement>(null);
  const count = pieceCount(textLength);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeight,
    overscan: 2,
    paddingStart: 24,
    paddingEnd: 96,
  });
  const items = virtual.getVirtualItems();
  const visible = items.map(({ index }) => index);
  const text = useDocumentText(id, textLength, visible);
  const chunks = useChunks({
    id,
    chunkCount: document.chunkCount,
    textLength,
    range: chunksShown ? { start: (visible[0] ?? 0) * pieceSize, end: ((visible.at(-1) ?? 0) + 1) * pieceSize } : null,
  });
  const marks = useMemo(
    (): Marks => ({
      pages: outline.flatMap((entry) => (entry.kind === "page" ? [{ start: entry.start, page: entry.page }] : [])),
      headings: outline.flatMap((entry) =>
        entry.kind === "heading" ? [{ start: entry.start, level: entry.level }] : [],
      ),
      cited,
      chunks,
    }),
    [outline, cited, chunks],
  );

  useGoTo({ scroller, virtual, place, index: place ? pieceAt(place.start, textLength) : 0 });

  const top = virtual.scrollOffset ?? 0;
  const first = items.find(({ end }) => end > top + 48);
  const here = first
    ? Math.round(first.index * pieceSize + (Math.max(0, top + 48 - first.start) / first.size) * pieceSize)
    : 0;
  useEffect(() => onPlace(here), [here, onPlace]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by the keyboard.
    <section ref={scroller} aria-label={t("text")} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto outline-none">
      {text.error ? <QueryError error={text.error} onRetry={text.retry} /> : null}
      <div className="relative mx-auto w-full max-w-[760px]" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const piece = text.pieceOf(index);
          return (
            <div
              key={key}
              ref={piece ? virtual.measureElement : undefined}
              data-index={index}
              className="absolute inset-x-0 top-0 px-10"
              style={{ transform: `translateY(${start}px)` }}
            >
              {piece ? <PieceView piece={piece} marks={marks} /> : <PieceSkeleton />}
            </div>
          );
        })}
      </div>
    </section>
  );
}

const headingSize = ["text-xl", "text-lg", "text-base"] as const;

const PieceView = memo(function PieceView({ piece, marks }: { readonly piece: Piece; readonly marks: Marks }) {
  const blocks = useMemo(() => layOutPiece(piece, marks), [piece, marks]);
  return blocks.map((block) => <BlockView key={blockKey(block)} block={block} />);
});

/** Pages on which nothing was read all begin at one place. */
const blockKey = (block: Block): string => (block.kind === "page" ? `page:${block.page}` : `${block.kind}:${block.at}`);

function BlockView({ block }: { readonly block: Block }) {
  const t = useTranslations("knowledge.document");
  if (block.kind === "page")
    return (
      <div data-at={block.at} className="flex items-center gap-3 py-4 text-faint text-xs">
        <span className="tabular">{t("page", { page: block.page })}</span>
        <span className="h-px flex-1 bg-line" />
      </div>
    );
  const { level, spans, at } = block;
  const empty = spans.every(({ text }) => text === "");
  return (
    <p
      data-at={at}
      className={cn(
        "min-h-3 whitespace-pre-wrap break-words text-base leading-6",
        level !== null && "pt-3 pb-1 font-semibold",
        level !== null && (headingSize[level - 1] ?? "text-base"),
        empty && "leading-3",
      )}
    >
      {spans.map((span) => (
        <SpanView key={span.at} span={span} />
      ))}
    </p>
  );
}

function SpanView({ span: { text, cited, shared, begins } }: { readonly span: Span }) {
  const t = useTranslations("knowledge.document");
  return (
    <>
      {begins.map((number) => (
        <span
          key={number}
          title={t("chunkBegins", { number })}
          className="tabular mx-0.5 inline-flex h-4 select-none items-center rounded-sm border border-accent bg-accent-soft px-1 align-[2px] text-[11px] text-accent-text leading-none"
        >
          {number}
        </span>
      ))}
      {cited ? (
        <mark
          data-cited
          className="rounded-[2px] bg-warn-soft text-fg shadow-[0_1px_0_color-mix(in_srgb,var(--warn)_35%,transparent)]"
        >
          {text}
        </mark>
      ) : shared ? (
        <span className="bg-accent-soft">{text}</span>
      ) : (
        text
      )}
    </>
  );
}

function PieceSkeleton() {
  return (
    <div className="flex flex-col gap-3" style={{ height: guessedHeight }}>
      <Skeleton className="w-full" />
      <Skeleton className="w-11/12" />
      <Skeleton className="w-4/5" />
    </div>
  );
}

/** The page and the heading that a place belongs to. */
export const placeInOutline = (
  outline: DocumentView["outline"],
  start: number,
): { readonly page: number | null; readonly heading: string | null } => {
  const before = within(outline, 0, start + 1);
  const page = before.findLast((entry) => entry.kind === "page");
  const heading = before.findLast((entry) => entry.kind === "heading");
  return {
    page: page?.kind === "page" ? page.page : null,
    heading: heading?.kind === "heading" ? heading.title : null,
  };
};
