"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RunFilter } from "@/components/runs/run-filter";
import { cn } from "@/components/ui/cn";
import { Duration, Money } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RunsLink } from "./runs-link";
import type { Figures } from "./sums";
import { bodyStyle, headStyle, rowStyle } from "./table-style";

export interface BreakdownRow {
  readonly key: string;
  readonly name: ReactNode;
  readonly figures: Figures;
  readonly filter: RunFilter;
}

interface BreakdownProps {
  readonly title: string;
  readonly of: string;
  readonly none: string;
  readonly rows: readonly BreakdownRow[];
}

/** Figures by version, by key or by deployment. */
export function Breakdown({ title, of, none, rows }: BreakdownProps) {
  const t = useTranslations("deployments.figures");
  return (
    <section className="flex min-w-0 flex-col gap-2" aria-label={title}>
      <h2 className="font-medium text-base text-fg">{title}</h2>
      {rows.length === 0 ? (
        <p className="text-muted text-sm">{none}</p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className={headStyle}>
              <th scope="col">{of}</th>
              {(["requests", "failed", "p50", "p95", "cost"] as const).map((column) => (
                <th key={column} scope="col" className="w-20 text-right">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={bodyStyle}>
            {rows.map(({ key, name, figures, filter }) => (
              <tr key={key} className={rowStyle}>
                <td className="truncate">{name}</td>
                <td className="tabular text-right">
                  <RunsLink filter={filter}>{formatCount(figures.runs)}</RunsLink>
                </td>
                <td className="tabular text-right">
                  <RunsLink
                    filter={{ ...filter, status: "failure" }}
                    className={cn(figures.failures > 0 ? "text-error" : "text-faint")}
                  >
                    {formatCount(figures.failures)}
                  </RunsLink>
                </td>
                <td className="text-right">
                  <Duration ms={figures.p50} />
                </td>
                <td className="text-right">
                  <Duration ms={figures.p95} />
                </td>
                <td className="text-right">
                  <Money microUsd={figures.uncosted > 0 ? null : figures.costMicroUsd} atLeast={figures.costMicroUsd} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
