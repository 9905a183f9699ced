"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Duration } from "@/components/ui/figures";
import type { ToolCallState } from "@/runtime/run/reduce";

const toneOf = { success: undefined, failure: "error", refused: "warn" } as const;
const mostShown = 20_000;
const shown = (text: string): string => (text.length <= mostShown ? text : `${text.slice(0, mostShown)} […]`);

/** One call of a tool: its name and how it ended, and, unfolded, what was sent and what came back. */
export function ToolCallLine({ call }: { readonly call: ToolCallState }) {
  const t = useTranslations("run.tool");
  const [open, setOpen] = useState(false);
  const { name, result } = call;
  return (
    <li className="overflow-hidden rounded-md border border-line text-xs">
      <button
        type="button"
        aria-expanded={open}
        className="flex w-full items-center gap-2 px-2.5 py-1.5 text-left hover:bg-hover"
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("size-3.5 text-faint transition-transform", open && "rotate-90")}
        />
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        {call.class === "read" ? null : <Badge>{t(`class.${call.class}`)}</Badge>}
        {result === null ? (
          <span className="text-running">{t("underWay")}</span>
        ) : (
          <>
            {result.outcome === "success" ? null : (
              <Badge tone={toneOf[result.outcome]}>{t(`outcome.${result.outcome}`)}</Badge>
            )}
            <span className="text-muted">
              <Duration ms={result.latencyMs} />
            </span>
          </>
        )}
      </button>
      {open ? (
        <div className="flex flex-col gap-2 border-line border-t bg-sunken px-2.5 py-2">
          <Part title={t("arguments")} text={call.arguments} />
          {result === null ? null : <Part title={t("result")} text={result.content} />}
        </div>
      ) : null}
    </li>
  );
}

function Part({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section>
      <h4 className="font-medium text-muted">{title}</h4>
      <p className="max-h-64 overflow-auto whitespace-pre-wrap break-words font-mono text-[11px] leading-[17px]">
        {shown(text)}
      </p>
    </section>
  );
}
