"use client";

import { RotateCw, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { DocumentItem } from "../types";
import { useFailureText } from "./use-failure-text";

export interface DocumentStatusProps {
  readonly document: DocumentItem;
  /** A job works on the base, so what waits has its turn. */
  readonly busy: boolean;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
}

const glyphs = { waiting: "waiting", indexed: "ok", failed: "error" } as const;

/** Status in a word; of a failed document and of one with warnings more on a click, with what can be done. */
export function DocumentStatus({ document, busy, onRetry, onRemove }: DocumentStatusProps) {
  const t = useTranslations("knowledge.documents");
  const say = useFailureText();
  const { status, errorCode, errorMessage, warnings, name } = document;
  if (status === "failed") {
    const { title, mend } = say(errorCode);
    return (
      <Popover>
        <PopoverTrigger
          className="rounded-sm underline decoration-dotted underline-offset-4"
          aria-label={t("why", { name })}
        >
          <StatusGlyph status="error" word label={t("status.failed")} />
        </PopoverTrigger>
        <PopoverContent align="start" className="flex w-80 flex-col gap-1">
          <p className="font-medium">{title}</p>
          <p className="text-muted">{mend}</p>
          {errorMessage ? <p className="mt-1 break-words text-faint text-xs">{errorMessage}</p> : null}
          <div className="mt-2 flex gap-2">
            <Button size="sm" onClick={onRetry}>
              <RotateCw />
              {t("retry")}
            </Button>
            <Button size="sm" variant="danger" onClick={onRemove}>
              <Trash2 />
              {t("remove")}
            </Button>
          </div>
        </PopoverContent>
      </Popover>
    );
  }
  if (status === "indexed" && warnings.length > 0)
    return (
      <Popover>
        <PopoverTrigger
          className="rounded-sm underline decoration-dotted underline-offset-4"
          aria-label={t("whatWarnings", { name })}
        >
          <StatusGlyph status="warn" word label={t("status.warned")} />
        </PopoverTrigger>
        <PopoverContent align="start" className="w-80">
          <Warnings document={document} />
        </PopoverContent>
      </Popover>
    );
  return (
    <StatusGlyph
      status={status === "waiting" && busy ? "waiting" : glyphs[status]}
      word
      label={t(`status.${status}`)}
    />
  );
}

/** What did not stop the reading but may surprise, with the pages that it is about. */
export function Warnings({ document }: { readonly document: Pick<DocumentItem, "warnings"> }) {
  const t = useTranslations("knowledge");
  return (
    <ul className="flex flex-col gap-1.5">
      {document.warnings.map(({ code, count, message, ...where }) => (
        <li key={code} className="text-fg text-sm">
          {t.has(`warning.${code}`) ? t(`warning.${code}`, { count }) : message}{" "}
          <WarnedPlace count={count} {...where} />
        </li>
      ))}
    </ul>
  );
}

function WarnedPlace({ count, page, pages, line }: Omit<DocumentItem["warnings"][number], "code" | "message">) {
  const t = useTranslations("knowledge.warning");
  const format = useFormatter();
  if (page === undefined && line === undefined) return null;
  const say = () => {
    if (!pages) return page === undefined ? t("line", { line: line ?? 1 }) : t("page", { page });
    const listed = format.list(
      pages.map((number) => format.number(number)),
      { type: "conjunction" },
    );
    if (count > pages.length && pages.length > 1) return t("morePages", { pages: listed, more: count - pages.length });
    const [first] = pages;
    return pages.length === 1 && first !== undefined ? t("onPage", { page: first }) : t("pages", { pages: listed });
  };
  return <span className="text-faint text-xs">{say()}</span>;
}
