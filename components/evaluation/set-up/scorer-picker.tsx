"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { scorers } from "@/runtime/eval/scorers/catalog";
import { useReportLocale } from "../use-report-locale";

interface ScorerPickerProps {
  readonly disabled: boolean;
  readonly onPick: (type: string) => void;
}

/** Every scorer there is, found by its words in either language. */
export function ScorerPicker({ disabled, onPick }: ScorerPickerProps) {
  const t = useTranslations("experiments.setUp");
  const locale = useReportLocale();
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button disabled={disabled}>
          <Plus />
          {t("addScorer")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-[440px] p-0">
        <Command>
          <CommandInput placeholder={t("findScorer")} />
          <CommandList className="max-h-80">
            <CommandEmpty>{t("noSuchScorer")}</CommandEmpty>
            {scorers.map(({ type, title, summary }) => (
              <CommandItem
                key={type}
                value={type}
                keywords={[title.en, title.zh, summary.en, summary.zh]}
                onSelect={() => {
                  onPick(type);
                  setOpen(false);
                }}
                className="h-auto items-start py-1.5"
              >
                <span className="flex min-w-0 flex-col">
                  <span className="font-medium">{title[locale]}</span>
                  <span className="line-clamp-2 text-muted text-xs">{summary[locale]}</span>
                </span>
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
