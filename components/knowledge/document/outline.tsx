"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import type { DocumentView } from "../types";

type Entry = DocumentView["outline"][number];

export interface OutlineProps {
  readonly outline: DocumentView["outline"];
  /** About where the window is in the text. */
  readonly here: number;
  readonly onGo: (start: number) => void;
}

const rowHeight = 28;

/** Headings and pages of a document, of any number, with the one in sight marked. */
export function Outline({ outline, here, onGo }: OutlineProps) {
  const t = useTranslations("knowledge.document");
  const headings = useMemo(() => outline.filter(({ kind }) => kind === "heading"), [outline]);
  const pages = useMemo(() => outline.filter(({ kind }) => kind === "page"), [outline]);
  const [wanted, setWanted] = useState<Entry["kind"]>("heading");
  const [query, setQuery] = useState("");
  const kind = headings.length === 0 ? "page" : pages.length === 0 ? "heading" : wanted;
  const text = query.trim().toLowerCase();
  const entries = useMemo(() => {
    const all = kind === "heading" ? headings : pages;
    if (text === "") return all;
    return all.filter((entry) =>
      entry.kind === "heading" ? entry.title.toLowerCase().includes(text) : String(entry.page).startsWith(text),
    );
  }, [kind, headings, pages, text]);
  if (outline.length === 0) return <p className="px-4 py-4 text-faint text-sm">{t("noOutline")}</p>;
  return (
    <>
      <div className="flex flex-col gap-2 px-3 py-2.5">
        {headings.length > 0 && pages.length > 0 ? (
          <Segmented
            label={t("outline")}
            value={kind}
            onValueChange={setWanted}
            className="self-start"
            options={[
              { value: "heading", label: t("headings") },
              { value: "page", label: t("pages") },
            ]}
          />
        ) : null}
        <SearchField
          label={t(kind === "heading" ? "findHeading" : "findPage")}
          value={query}
          onValueChange={setQuery}
        />
      </div>
      <Entries entries={entries} here={here} onGo={onGo} />
    </>
  );
}

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly here: number;
  readonly onGo: (start: number) => void;
}

function Entries({ entries, here, onGo }: EntriesProps) {
  const t = useTranslations("knowledge.document");
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const current = entries.findLastIndex(({ start }) => start <= here);
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: "auto" });
  }, [current, virtual]);
  return (
    <nav ref={scroller} aria-label={t("outline")} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
      {entries.length === 0 ? <p className="px-2 text-faint text-sm">{t("nothingFound")}</p> : null}
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const entry = entries[index];
          if (!entry) return null;
          const title = entry.kind === "page" ? t("page", { page: entry.page }) : entry.title;
          return (
            <button
              key={key}
              type="button"
              title={title}
              aria-current={index === current ? "location" : undefined}
              onClick={() => onGo(entry.start)}
              className={cn(
                "absolute inset-x-0 top-0 flex h-7 items-center gap-2 rounded-md px-2 text-left text-sm transition-colors",
                index === current ? "bg-active font-medium text-fg" : "text-muted hover:bg-hover hover:text-fg",
              )}
              style={{
                transform: `translateY(${start}px)`,
                paddingLeft: 8 + (entry.kind === "heading" ? Math.min(5, entry.level - 1) * 12 : 0),
              }}
            >
              <span className="min-w-0 flex-1 truncate">{title}</span>
              {entry.kind === "heading" && entry.page !== undefined ? (
                <span className={cn("tabular shrink-0 text-xs", index === current ? "text-muted" : "text-faint")}>
                  {entry.page}
                </span>
              ) : null}
            </button>
          );
        })}
      </div>
    </nav>
  );
}
