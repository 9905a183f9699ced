"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";

interface FoldedTextProps {
  readonly text: string;
  /** It was cut before it came here. */
  readonly isCut?: boolean;
  readonly className?: string;
  /** Before the text, on its first line. */
  readonly children?: ReactNode;
}

/** Characters, and lines, from which a text is folded. */
const [longCharacters, longLines] = [260, 6];

/** A text that shows its first lines, and all of it on a click. */
export function FoldedText({ text, isCut = false, className, children }: FoldedTextProps) {
  const t = useTranslations("experiments.sideBySide");
  const [open, setOpen] = useState(false);
  const isLong = text.length > longCharacters || text.split("\n", longLines + 1).length > longLines;
  return (
    <div className={cn("min-w-0", className)}>
      <p className={cn("whitespace-pre-wrap break-words", isLong && !open && "line-clamp-6")}>
        {children}
        {text}
      </p>
      {open && isCut ? <p className="text-faint text-xs">{t("cut")}</p> : null}
      {isLong ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="rounded-sm text-accent-text text-xs hover:underline"
        >
          {open ? t("less") : t("more")}
        </button>
      ) : null}
    </div>
  );
}
