// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that only shows takes no focus; the button of each row does.
"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { glanceText } from "@/components/run/value-text";
import { cn } from "@/components/ui/cn";
import type { MetricReport } from "@/runtime/eval/contract/report";
import type { CellItem, RowItem } from "../types";
import { CellScore } from "./cell-score";
import { meanOf } from "./mean-of";

export const caseHeight = 60;

export const caseTemplate = (variants: number): string =>
  `48px minmax(180px,1.2fr) minmax(90px,0.6fr) ${"minmax(180px,1fr) ".repeat(variants)}`.trim();

interface CaseRowProps {
  readonly item: RowItem;
  readonly index: number;
  readonly top: number;
  readonly shown: readonly number[];
  readonly metric: MetricReport | null;
  readonly template: string;
  readonly onOpen: (row: number) => void;
}

const glance = (values: Readonly<Record<string, unknown>>): string => Object.values(values).map(glanceText).join(" · ");

function DrawnRow({ item, index, top, shown, metric, template, onOpen }: CaseRowProps) {
  const t = useTranslations("experiments.cases");
  const means = shown.map((variant) => meanOf(item.cells, variant, metric?.id ?? null));
  const [base, other] = means;
  const flipped = typeof base === "number" && typeof other === "number" && base !== other;
  const better = flipped && other > base === (metric?.better !== "lower");
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="absolute inset-x-0 top-0 grid items-center gap-4 border-line border-b px-5 text-sm hover:bg-hover/60"
      style={{ gridTemplateColumns: template, height: caseHeight, transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="tabular flex items-center gap-1 text-faint text-xs">
        <button
          type="button"
          onClick={() => onOpen(item.row)}
          aria-label={t("open", { number: item.row + 1 })}
          className="rounded-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          {item.row + 1}
        </button>
        {flipped ? (
          better ? (
            <ArrowUp className="size-3.5 text-ok" aria-label={t("filters.better")} />
          ) : (
            <ArrowDown className="size-3.5 text-error" aria-label={t("filters.worse")} />
          )
        ) : null}
      </span>
      <span role="cell" className="line-clamp-2 min-w-0 break-words text-fg">
        {glance(item.inputs)}
      </span>
      <span role="cell" className="line-clamp-2 min-w-0 break-words text-muted">
        {glance(item.expected)}
      </span>
      {shown.map((variant, place) => (
        <Answer
          key={variant}
          cell={item.cells.find((cell) => cell.variant === variant)}
          mean={means[place] ?? null}
          metric={metric}
        />
      ))}
    </div>
  );
}

/** Drawn again only when its own facts change. */
export const CaseRow = memo(DrawnRow);

interface AnswerProps {
  readonly cell: CellItem | undefined;
  readonly mean: number | null;
  readonly metric: MetricReport | null;
}

function Answer({ cell, mean, metric }: AnswerProps) {
  const t = useTranslations("experiments.cases");
  if (cell === undefined)
    return (
      <span role="cell" className="text-faint">
        {t("notYet")}
      </span>
    );
  return (
    <span role="cell" className="flex min-w-0 items-start gap-2">
      <CellScore value={mean} metric={metric} />
      <span
        className={cn(
          "line-clamp-2 min-w-0 break-words",
          cell.status === "failure" ? "text-error" : cell.status === "unanswered" && "text-muted",
        )}
      >
        {cell.status !== "success" ? (cell.errorMessage ?? t("failed")) : cell.output}
      </span>
    </span>
  );
}
