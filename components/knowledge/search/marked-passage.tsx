"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { leadOf, markWords } from "./mark-words";

export interface MarkedPassageProps {
  readonly text: string;
  readonly words: readonly string[];
  /** Lines shown until one asks for all. */
  readonly lines: 3 | 5;
}

const clamps = { 3: "line-clamp-3", 5: "line-clamp-5" } as const;
/** Characters that are certainly more than the shown lines hold. */
const long = { 3: 220, 5: 420 } as const;
/** Characters before the first marked word, where a passage is not shown from its beginning. */
const before = { 3: 40, 5: 100 } as const;

/** A passage with the found words marked, from where they begin; all of it on a click. */
export function MarkedPassage({ text, words, lines }: MarkedPassageProps) {
  const t = useTranslations("knowledge.search");
  const [whole, setWhole] = useState(false);
  const parts = useMemo(() => markWords(text, words), [text, words]);
  const lead = useMemo(() => leadOf(parts, before[lines]), [parts, lines]);
  let skip = whole ? 0 : lead;
  const shown = parts.flatMap((part, index) => {
    const cut = Math.min(skip, part.text.length);
    skip -= cut;
    return cut === part.text.length
      ? []
      : [{ ...part, key: index, text: whole ? part.text.slice(cut) : part.text.slice(cut).replace(/\n+/g, " ") }];
  });
  return (
    <div>
      <p className={cn("whitespace-pre-line break-words text-fg leading-[21px]", !whole && clamps[lines])}>
        {lead > 0 && !whole ? "…" : null}
        {shown.map(({ key, text: piece, marked }) =>
          marked ? (
            <mark key={key} className="rounded-[2px] bg-warn-soft font-medium text-fg">
              {piece}
            </mark>
          ) : (
            piece
          ),
        )}
      </p>
      {text.length > long[lines] || lead > 0 ? (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-0.5 rounded-sm text-muted text-xs hover:text-fg hover:underline"
        >
          {t(whole ? "less" : "whole")}
        </button>
      ) : null}
    </div>
  );
}
