"use client";

import { X } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatDuration } from "@/components/ui/format";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import { isLocale } from "@/i18n/locale";
import { narrowedByFigures, type RunFilter } from "./run-filter";

interface FigureFiltersProps {
  readonly filter: RunFilter;
  readonly onFilter: (filter: RunFilter) => void;
}

/** What a figure narrowed the list to, each with a way to take it off. */
export function FigureFilters({ filter, onFilter }: FigureFiltersProps) {
  const t = useTranslations("runs.narrowed");
  const format = useFormatter();
  const locale = useLocale();
  const sayError = useRunErrorText();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = (text: string) =>
    format.dateTime(new Date(text), { dateStyle: "short", timeStyle: "short", timeZone });
  const say = (part: (typeof narrowedByFigures)[number]): string => {
    switch (part) {
      case "since":
      case "before":
        return t(`by.${part}`, { at: moment(filter[part] ?? "") });
      case "errorCode":
        return sayError(filter.errorCode ?? "").title;
      case "slowerMs":
        return t(`by.${part}`, { time: formatDuration(filter.slowerMs ?? 0, isLocale(locale) ? locale : "en") });
      case "version":
        return t(`by.${part}`, { number: filter.version ?? "" });
      case "step":
        return t(`by.${part}`, { step: filter.step ?? "" });
      case "apiKeyId":
      case "asked":
        return t(`by.${part}`);
      default:
        return part satisfies never;
    }
  };
  return narrowedByFigures
    .filter((part) => filter[part] !== undefined)
    .map((part) => (
      <Badge key={part} tone="accent" className="h-6">
        {say(part)}
        <button
          type="button"
          aria-label={t("remove", { what: say(part) })}
          title={t("remove", { what: say(part) })}
          className="rounded-sm hover:text-fg"
          onClick={() => {
            const { [part]: _, ...rest } = filter;
            onFilter(rest);
          }}
        >
          <X />
        </button>
      </Badge>
    ));
}
