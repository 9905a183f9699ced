"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "./cn";
import { Input } from "./input";

export interface SearchFieldProps {
  /** What is searched; stands in the empty field and is read out. */
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly className?: string;
}

/** Escape empties it. */
export function SearchField({ label, value, onValueChange, className }: SearchFieldProps) {
  const t = useTranslations("ui");
  return (
    <div className={cn("relative", className)}>
      <Search className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint" />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={100}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value !== "") {
            event.stopPropagation();
            onValueChange("");
          }
        }}
        className="px-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {value === "" ? null : (
        <button
          type="button"
          aria-label={t("clearSearch")}
          onClick={() => onValueChange("")}
          className="absolute top-1/2 right-1.5 flex size-4 -translate-y-1/2 items-center justify-center rounded-sm text-faint hover:text-fg"
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  );
}
