import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { useSession } from "../session";
import { type CompareColumn, toggleColumn } from "./compare-columns";
import { compareLimits } from "./compare-limits";

export interface ColumnChipsProps {
  readonly node: string;
  readonly columns: { readonly all: readonly CompareColumn[]; readonly shown: readonly CompareColumn[] };
}

/** Which settings are compared: two at least, four at most. */
export function ColumnChips({ node, columns: { all, shown } }: ColumnChipsProps) {
  const t = useTranslations("editor");
  const { compare } = useSession();
  const ids = new Set(shown.map(({ id }) => id));
  const full = shown.length >= compareLimits.mostColumns;
  const few = shown.length <= compareLimits.leastColumns;
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1" data-testid="compare-columns">
      <legend className="sr-only">
        {t("compare.which", { least: compareLimits.leastColumns, most: compareLimits.mostColumns })}
      </legend>
      {all.map((column) => {
        const on = ids.has(column.id);
        return (
          <button
            key={column.id}
            type="button"
            aria-pressed={on}
            disabled={!on && full}
            // Two are the least: it stays in, and still looks chosen.
            aria-disabled={on && few}
            className={cn(
              "flex h-7 max-w-48 items-center gap-1.5 rounded-md border px-2 text-sm transition-colors disabled:opacity-60 [&_svg]:size-3.5",
              on ? "border-accent bg-accent-soft text-accent-text" : "border-line-strong text-muted hover:text-fg",
            )}
            onClick={() => {
              const { chosen } = compare.getState();
              compare.setState({ chosen: { ...chosen, [node]: toggleColumn(shown, column.id) } });
            }}
          >
            {on ? <Check aria-hidden="true" className="shrink-0" /> : null}
            <span className="truncate">{column.label ?? t("variants.base")}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
