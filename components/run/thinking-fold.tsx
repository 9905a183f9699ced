"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import type { KeptThinking } from "@/runtime/run/events";

export interface ThinkingFoldProps {
  /** `tokens` are left out while they are not counted yet. */
  readonly thinking: Pick<KeptThinking, "text" | "omitted" | "estimated"> & { readonly tokens?: number };
  /** Whose it is, where several steps think. */
  readonly title?: string;
  /** It still grows. */
  readonly streaming?: boolean;
  readonly className?: string;
}

/** What a model thought before it answered: folded, because it is no part of the answer. */
export function ThinkingFold({ thinking, title, streaming = false, className }: ThinkingFoldProps) {
  const t = useTranslations("run");
  const [open, setOpen] = useState(false);
  const { text, tokens, estimated, omitted } = thinking;
  const name = t(streaming ? "thinkingNow" : "thinking");
  return (
    <section
      data-testid="thinking"
      className={cn("min-w-0 overflow-hidden rounded-md border border-line text-xs", className)}
    >
      <button
        type="button"
        aria-expanded={open}
        disabled={text === ""}
        className="flex h-7 w-full min-w-0 items-center gap-1.5 px-2 text-left text-muted enabled:hover:bg-hover"
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("size-3.5 shrink-0 transition-transform", open && "rotate-90", text === "" && "invisible")}
        />
        <span className={cn("shrink-0", streaming && "animate-pulse-soft text-running")}>
          {title === undefined ? name : `${name} · ${title}`}
        </span>
        {tokens === undefined ? null : (
          <span className="tabular shrink-0 text-faint">
            {t(estimated ? "thinkingAbout" : "thinkingTokens", { count: tokens })}
          </span>
        )}
        {open ? null : (
          <span className="min-w-0 truncate text-faint">{streaming ? lastWords(text) : text.slice(0, 200)}</span>
        )}
      </button>
      {open ? (
        <div className="max-h-80 overflow-auto border-line border-t bg-sunken px-2.5 py-2">
          <p className="whitespace-pre-wrap break-words text-muted leading-[18px]">{text}</p>
          {omitted === undefined ? null : <p className="mt-1 text-faint">{t("omitted", { count: omitted })}</p>}
        </div>
      ) : null}
    </section>
  );
}

const lastWords = (text: string): string => text.slice(-120).replace(/^\S*\s/u, "");
