// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that only shows takes no focus; the button of each row does.
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { MetricReport } from "@/runtime/eval/contract/report";
import type { ExperimentView, RowItem } from "../types";
import { VariantName } from "../variant-name";
import { CaseRow, caseHeight, caseTemplate } from "./case-row";

interface CaseListProps {
  readonly experiment: ExperimentView;
  readonly rows: readonly RowItem[];
  /** Places of the variants shown, the baseline first. */
  readonly shown: readonly number[];
  readonly metric: MetricReport | null;
  readonly loading: boolean;
  readonly onOpen: (row: number) => void;
  readonly onEnd: (() => void) | undefined;
}

/** Cases of any number: only those in sight are in the page. */
export function CaseList({ experiment, rows, shown, metric, loading, onOpen, onEnd }: CaseListProps) {
  const t = useTranslations("experiments.cases");
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => caseHeight,
    overscan: 10,
    getItemKey: (index) => rows[index]?.row ?? index,
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && rows.length > 0 && last >= rows.length - 40) onEnd();
  }, [last, rows.length, onEnd]);
  const { spec } = experiment;
  const baseline = shown[0] ?? 0;
  const template = caseTemplate(shown.length);
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={t("title")}
      aria-rowcount={onEnd ? -1 : rows.length + 1}
      aria-busy={loading || undefined}
      className="min-h-0 flex-1 overflow-auto"
      data-testid="cases"
    >
      <div
        role="row"
        className="sticky top-0 z-20 grid h-9 min-w-220 items-center gap-4 border-line border-b bg-surface px-5 text-faint text-xs"
        style={{ gridTemplateColumns: template }}
      >
        <span role="columnheader">{t("number")}</span>
        <span role="columnheader">{t("input")}</span>
        <span role="columnheader">{t("expected")}</span>
        {shown.map((variant) => (
          <span key={variant} role="columnheader" className="min-w-0">
            <VariantName variants={spec.variants} variant={variant} baseline={baseline} className="max-w-full" />
          </span>
        ))}
      </div>
      {loading ? (
        Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
          <div key={index} className="flex items-center gap-4 border-line border-b px-5" style={{ height: caseHeight }}>
            <Skeleton className="h-3 w-1/4" />
            <Skeleton className="h-3 w-1/6" />
            <Skeleton className="ml-auto h-3 w-1/4" />
          </div>
        ))
      ) : (
        <div role="rowgroup" className="relative min-w-220" style={{ height: virtual.getTotalSize() }}>
          {visible.map((item) => {
            const row = rows[item.index];
            return row ? (
              <CaseRow
                key={item.key}
                item={row}
                index={item.index}
                top={item.start}
                shown={shown}
                metric={metric}
                template={template}
                onOpen={onOpen}
              />
            ) : null;
          })}
        </div>
      )}
    </div>
  );
}
