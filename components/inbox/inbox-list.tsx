"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";

export type InboxItem = RouterOutputs["inbox"]["list"]["items"][number];

const glyphs = {
  open: "paused",
  approved: "ok",
  rejected: "error",
  timedOut: "warn",
  withdrawn: "aborted",
} as const satisfies Record<InboxItem["state"], unknown>;

interface InboxListProps {
  readonly items: readonly InboxItem[];
  readonly loading: boolean;
  readonly open: string | null;
  readonly marked: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  /** Left out where nothing is to be decided. */
  readonly onMark?: (id: string) => void;
  readonly onEnd?: () => void;
}

/** What is asked, latest first; further pages come when the end is in sight. */
export function InboxList({ items, loading, open, marked, onOpen, onMark, onEnd }: InboxListProps) {
  const t = useTranslations("inbox");
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = end.current;
    if (mark === null || onEnd === undefined) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onEnd();
    });
    observer.observe(mark);
    return () => observer.disconnect();
  }, [onEnd]);
  if (loading)
    return (
      <div className="flex flex-col gap-3 p-4">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-9" />
        ))}
      </div>
    );
  return (
    <ul aria-label={t("title")} className="min-h-0 flex-1 overflow-y-auto">
      {items.map((item) => (
        <li
          key={item.id}
          data-testid="inbox-item"
          className={cn(
            "group relative flex items-start gap-2.5 border-line border-b px-3 py-2.5 hover:bg-hover/60",
            open === item.id && "bg-active hover:bg-active",
          )}
        >
          <span className="relative z-10 flex h-5 w-4 shrink-0 items-center">
            {onMark && item.mayAnswer ? (
              <>
                <Checkbox
                  aria-label={t("mark", { title: item.title || t(`kind.${item.kind}`) })}
                  checked={marked.has(item.id)}
                  onCheckedChange={() => onMark(item.id)}
                  className={cn(
                    "absolute opacity-0 focus-visible:opacity-100 group-hover:opacity-100",
                    marked.has(item.id) && "opacity-100",
                  )}
                />
                <StatusGlyph
                  status={glyphs[item.state]}
                  label={t(`states.${item.state}`)}
                  className={cn("group-hover:invisible", marked.has(item.id) && "invisible")}
                />
              </>
            ) : (
              <StatusGlyph status={glyphs[item.state]} label={t(`states.${item.state}`)} />
            )}
          </span>
          <button
            type="button"
            aria-current={open === item.id}
            onClick={() => onOpen(item.id)}
            className="min-w-0 flex-1 text-left outline-none after:absolute after:inset-0 after:rounded-sm focus-visible:after:ring-2 focus-visible:after:ring-accent focus-visible:after:ring-inset"
          >
            <span className="flex items-baseline gap-2">
              <span className={cn("min-w-0 flex-1 truncate", item.mayAnswer ? "font-medium text-fg" : "text-muted")}>
                {item.title || t(`kind.${item.kind}`)}
              </span>
              <RelativeTime date={item.createdAt} className="shrink-0 text-faint text-xs" />
            </span>
            <span className="flex items-baseline gap-2 text-muted text-xs">
              <span className="min-w-0 flex-1 truncate">{item.pipeline.name}</span>
              {item.reviewers > 1 ? (
                <span className="tabular shrink-0">
                  {t("approvals", { approvals: item.approvals, reviewers: item.reviewers })}
                </span>
              ) : null}
              {item.reservedBy === null ? null : (
                <span className="max-w-28 shrink-0 truncate text-warn">
                  {t("reservedBy", { name: item.reservedBy })}
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
      <li aria-hidden="true">
        <div ref={end} className="h-px" />
      </li>
    </ul>
  );
}
