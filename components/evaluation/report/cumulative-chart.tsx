"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { Segmented } from "@/components/ui/segmented";
import type { Report } from "@/runtime/eval/contract/report";
import { formatBound, formatDifference } from "@/runtime/eval/say/format-value";
import { useReportLocale } from "../use-report-locale";
import { variantColour } from "../variant-colour";
import { ChartFigure } from "./chart-figure";
import { axisStyle, gridStyle, tooltipStyle } from "./chart-style";
import { roundUp } from "./measured";

/** The main difference as rows came in, within bounds that may be looked at at any time. */
export function CumulativeChart({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const drawn = report.cumulative.filter(({ points }) => points.length > 1);
  const [chosen, setChosen] = useState<number | null>(null);
  const metric = report.metrics.find(({ id }) => id === report.primary);
  const shown = drawn.find(({ variant }) => variant === chosen) ?? drawn[0];
  if (metric === undefined || shown === undefined) return null;
  const colour = variantColour(shown.variant, report.baseline);
  const bound = (value: number) => formatBound(value, metric, locale);
  const points = shown.points.map(({ rows, difference, sequence }) => ({
    rows,
    difference: difference.value,
    band: sequence === null || sequence.low === null || sequence.high === null ? null : [sequence.low, sequence.high],
  }));
  // The first few rows say nothing, and their bounds would flatten all that follows.
  const settled = points.slice(Math.floor(points.length / 10));
  const reach = roundUp(
    Math.max(...settled.flatMap(({ difference, band }) => [difference, ...(band ?? [])].map(Math.abs))),
  );
  return (
    <ChartFigure
      title={t("cumulative")}
      description={t("cumulativeHelp", { metric: metric.title[locale] })}
      heads={[t("cases"), t("difference"), t("bounds")]}
      rows={points.map(({ rows, difference, band }) => [
        String(rows),
        formatDifference(difference, metric, locale),
        band === null ? "–" : `${bound(band[0] as number)} … ${bound(band[1] as number)}`,
      ])}
    >
      <div className="flex h-full flex-col gap-2">
        {drawn.length > 1 ? (
          <Segmented
            label={t("variant")}
            className="self-start"
            value={String(shown.variant)}
            onValueChange={(value) => setChosen(Number(value))}
            options={drawn.map(({ variant }) => ({
              value: String(variant),
              label: report.variants[variant]?.label ?? "",
            }))}
          />
        ) : null}
        <div className="min-h-0 flex-1">
          <ResponsiveContainer width="100%" height="100%">
            <ComposedChart data={points} margin={{ top: 8, right: 12, bottom: 4, left: 4 }}>
              <CartesianGrid {...gridStyle} vertical={false} />
              <XAxis dataKey="rows" type="number" domain={[0, "dataMax"]} {...axisStyle} />
              <YAxis
                {...axisStyle}
                width={64}
                domain={[-reach, reach]}
                ticks={[-reach, -reach / 2, 0, reach / 2, reach]}
                allowDataOverflow
                tickFormatter={bound}
                axisLine={false}
              />
              <ReferenceLine y={0} stroke="var(--line-strong)" />
              <Area
                dataKey="band"
                name={t("bounds")}
                stroke="none"
                fill={colour}
                fillOpacity={0.16}
                isAnimationActive={false}
                activeDot={false}
              />
              <Line
                dataKey="difference"
                name={t("difference")}
                stroke={colour}
                strokeWidth={2}
                dot={false}
                isAnimationActive={false}
              />
              <Tooltip
                {...tooltipStyle}
                labelFormatter={(rows) => t("rows", { rows: Number(rows) })}
                formatter={(value) =>
                  Array.isArray(value)
                    ? `${bound(Number(value[0]))} … ${bound(Number(value[1]))}`
                    : formatDifference(Number(value), metric, locale)
                }
              />
            </ComposedChart>
          </ResponsiveContainer>
        </div>
      </div>
    </ChartFigure>
  );
}
