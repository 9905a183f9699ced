"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { filesOf } from "./file-value";
import { FileView } from "./file-view";
import { SourceCards } from "./source-cards";
import { readSources } from "./source-list";
import { shorten, valueText } from "./value-text";

export interface ValueViewProps {
  readonly name: string;
  /** The key that programs and templates know it by, shown beside a name that differs. */
  readonly portName?: string;
  readonly value: unknown;
  /** Text still arrives. */
  readonly streaming?: boolean;
  /** Read texts as markdown. */
  readonly markdown?: boolean;
  readonly className?: string;
}

/** Reading markdown takes more program than the rest of the page of a short answer. */
const MarkdownText = lazy(() => import("./markdown-text"));
const longest = 20_000;

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A named value: text as a person reads it, files as what they are, everything else as indented JSON. */
export function ValueView({
  name,
  portName = name,
  value,
  streaming = false,
  markdown = false,
  className,
}: ValueViewProps) {
  const t = useTranslations("run");
  const [whole, setWhole] = useState(false);
  const text = valueText(value);
  const shown = whole ? text : shorten(text, longest);
  const isText = typeof value === "string";
  const files = filesOf(value);
  const sources = streaming ? null : readSources(value);
  return (
    <section className={cn("group/value min-w-0", className)}>
      <header className="flex h-6 items-center gap-2">
        <h4 className="flex min-w-0 items-baseline gap-1.5 text-muted text-xs">
          <span className="truncate">{name}</span>
          {sameName(name, portName) ? null : <code className="truncate text-faint">{portName}</code>}
        </h4>
        <CopyButton
          value={text}
          size="sm"
          className="-my-1 opacity-0 focus-visible:opacity-100 group-hover/value:opacity-100"
        />
      </header>
      {files.length > 0 ? (
        <div className="flex flex-wrap gap-3">
          {files.map((file) => (
            <FileView key={file.fileId} file={file} />
          ))}
        </div>
      ) : null}
      {sources ? <SourceCards sources={sources} /> : null}
      {text === "" && !streaming ? <p className="text-faint text-sm">{t("emptyText")}</p> : null}
      {isText && markdown && !streaming ? (
        // As it is until what reads it is there.
        <Suspense fallback={<p className="whitespace-pre-wrap break-words text-sm">{shown}</p>}>
          <MarkdownText text={shown} />
        </Suspense>
      ) : files.length > 0 || sources ? null : (
        <p className={cn("whitespace-pre-wrap break-words text-sm", !isText && "font-mono text-xs leading-[18px]")}>
          {shown}
          {streaming ? (
            <span
              aria-hidden="true"
              className="ml-0.5 inline-block h-3.5 w-1.5 animate-pulse-soft bg-running align-text-bottom"
            />
          ) : null}
        </p>
      )}
      {shown.length < text.length && files.length === 0 && !sources ? (
        <button type="button" className="mt-1 text-accent-text text-xs underline" onClick={() => setWhole(true)}>
          {t("showAll", { count: text.length })}
        </button>
      ) : null}
    </section>
  );
}
