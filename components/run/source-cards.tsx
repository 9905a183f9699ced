"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { documentAddress } from "@/components/knowledge/addresses";
import { cn } from "@/components/ui/cn";
import type { Source } from "@/runtime/node/source";

/** Cards shown until one asks for all. */
const few = 6;

/** Found passages, numbered as a text cites them: [1], [2], … Each opens its document at the passage. */
export function SourceCards({ sources }: { readonly sources: readonly Source[] }) {
  const t = useTranslations("knowledge.sources");
  const [whole, setWhole] = useState(false);
  const shown = whole ? sources : sources.slice(0, few);
  return (
    <>
      <ol className="flex flex-col gap-1.5">
        {shown.map((source, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of a finished value never changes, and may hold a passage twice.
          <SourceCard key={index} source={source} number={index + 1} />
        ))}
      </ol>
      {shown.length < sources.length ? (
        <button type="button" className="mt-1 text-accent-text text-xs underline" onClick={() => setWhole(true)}>
          {t("all", { count: sources.length })}
        </button>
      ) : null}
    </>
  );
}

function SourceCard({ source, number }: { readonly source: Source; readonly number: number }) {
  const t = useTranslations("knowledge.sources");
  const [open, setOpen] = useState(false);
  const { documentName, page, heading, text, score } = source;
  return (
    <li className="flex gap-2.5 rounded-md border border-line px-2.5 py-2 text-sm">
      <span className="tabular mt-0.5 flex h-4 min-w-4 shrink-0 items-center justify-center rounded-sm bg-active px-1 font-medium text-[11px] text-muted">
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2">
          <Link
            href={documentAddress({ ...source, range: source })}
            title={t("open", { name: documentName })}
            className="max-w-[70%] shrink-0 truncate rounded-sm font-medium text-fg hover:underline"
          >
            {documentName}
          </Link>
          {page === undefined ? null : (
            <span className="tabular shrink-0 text-muted text-xs">{t("page", { page })}</span>
          )}
          {heading === undefined ? null : (
            <span className="min-w-0 truncate text-faint text-xs" title={heading}>
              {heading}
            </span>
          )}
          <span className="tabular ml-auto shrink-0 text-faint text-xs" title={t("score")}>
            {score.toFixed(2)}
          </span>
        </p>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className={cn(
            "w-full whitespace-pre-line break-words rounded-sm text-left text-muted text-xs leading-[18px]",
            !open && "line-clamp-2",
          )}
        >
          {open ? text : text.replace(/\s+/g, " ")}
        </button>
      </div>
    </li>
  );
}
