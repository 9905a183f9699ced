"use client";

import { ChartLine, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

interface ChartFigureProps {
  readonly title: string;
  readonly description: string;
  readonly heads: readonly string[];
  /** The same figures as text: what the chart shows, for whoever would rather read it. */
  readonly rows: readonly (readonly string[])[];
  readonly children: ReactNode;
}

/** A chart that can be read as a table instead. */
export function ChartFigure({ title, description, heads, rows, children }: ChartFigureProps) {
  const t = useTranslations("experiments.result");
  const [asTable, setAsTable] = useState(false);
  const describedBy = useId();
  return (
    <figure className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4" aria-label={title}>
      <figcaption className="flex items-start justify-between gap-3">
        <span className="min-w-0">
          <span className="block font-medium text-base text-fg">{title}</span>
          <span id={describedBy} className="block text-muted text-sm">
            {description}
          </span>
        </span>
        <IconButton
          label={t(asTable ? "asChart" : "asTable")}
          aria-pressed={asTable}
          size="sm"
          onClick={() => setAsTable((before) => !before)}
        >
          {asTable ? <ChartLine /> : <Table2 />}
        </IconButton>
      </figcaption>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <section className="h-64 overflow-auto" tabIndex={0} aria-label={title}>
          <table className="tabular w-full text-sm">
            <thead>
              <tr className="sticky top-0 bg-surface text-left text-faint text-xs [&>th]:py-1.5 [&>th]:pr-4 [&>th]:font-normal">
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map((row) => (
                <tr key={row.join("\n")} className="[&>td]:py-1 [&>td]:pr-4">
                  {row.map((cell, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                    <td key={place}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <div className="h-64" role="img" aria-label={title} aria-describedby={describedBy}>
          {children}
        </div>
      )}
    </figure>
  );
}
