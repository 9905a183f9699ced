"use client";

import { useTranslations } from "next-intl";
import {
  CartesianGrid,
  Cell,
  ErrorBar,
  LabelList,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCost } from "@/components/ui/format";
import type { Report } from "@/runtime/eval/contract/report";
import { formatValue } from "@/runtime/eval/say/format-value";
import { useReportLocale } from "../use-report-locale";
import { variantColour } from "../variant-colour";
import { ChartFigure } from "./chart-figure";
import { axisStyle, gridStyle, tooltipStyle } from "./chart-style";
import { frontierOf } from "./frontier";

/** What each variant reached against what a thousand answers cost; tokens stand in where prices are not known. */
export function CostChart({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const metric = report.metrics.find(({ id }) => id === report.primary);
  if (metric === undefined) return null;
  const priced = report.variants.every(({ totalCostMicroUsd }) => totalCostMicroUsd !== null);
  const spent = priced && report.variants.some(({ totalCostMicroUsd }) => (totalCostMicroUsd ?? 0) > 0);
  const latency = report.metrics.find(({ unit }) => unit === "milliseconds");
  const points = report.variants.flatMap((variant, index) => {
    const estimate = metric.values.find((each) => each.variant === index)?.estimate;
    if (!estimate || variant.cells === 0) return [];
    const amount = spent ? (variant.totalCostMicroUsd ?? 0) : variant.inputTokens + variant.outputTokens;
    return [
      {
        index,
        key: variant.key.toUpperCase(),
        label: variant.label,
        x: (spent ? 1_000 : 1) * (amount / variant.cells),
        y: estimate.value,
        time: latency?.values.find((each) => each.variant === index)?.quantiles?.p99 ?? null,
        error: [estimate.value - (estimate.low ?? estimate.value), (estimate.high ?? estimate.value) - estimate.value],
      },
    ];
  });
  if (points.length === 0) return null;
  const frontier = frontierOf(
    points.map(({ x, y, time }) => ({ price: x, time, score: metric.better === "lower" ? -y : y })),
  );
  const isTimed = points.every(({ time }) => time !== null);
  const along = (value: number) => (spent ? formatCost(value) : String(Math.round(value)));
  const value = (amount: number) => formatValue(amount, metric, locale);
  return (
    <ChartFigure
      title={t(spent ? "cost" : "costTokens")}
      description={[
        t(spent ? "costHelp" : "costTokensHelp", { metric: metric.title[locale] }),
        points.length > 2 ? t(isTimed ? "frontierTimedHelp" : "frontierHelp") : "",
      ].join(" ")}
      heads={[
        t("variant"),
        metric.title[locale],
        t(spent ? "costAxis" : "tokensAxis"),
        ...(latency ? [t("p99")] : []),
        t("frontier"),
      ]}
      rows={points.map(({ label, x, y, time }, place) => [
        label,
        value(y),
        along(x),
        ...(latency ? [time === null ? "–" : formatValue(time, latency, locale)] : []),
        frontier.has(place) ? t("onFrontier") : "",
      ])}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart margin={{ top: 16, right: 24, bottom: 16, left: 4 }}>
          <CartesianGrid {...gridStyle} />
          <XAxis
            dataKey="x"
            type="number"
            name={t(spent ? "costAxis" : "tokensAxis")}
            domain={[0, (most: number) => most * 1.15 || 1]}
            tickFormatter={along}
            label={{
              value: t(spent ? "costAxis" : "tokensAxis"),
              position: "insideBottom",
              offset: -8,
              fill: "var(--faint)",
              fontSize: 11,
            }}
            {...axisStyle}
          />
          <YAxis
            dataKey="y"
            type="number"
            name={metric.title[locale]}
            width={64}
            tickFormatter={value}
            domain={["auto", "auto"]}
            axisLine={false}
            {...axisStyle}
          />
          <Tooltip
            {...tooltipStyle}
            cursor={{ stroke: "var(--line-strong)", strokeDasharray: "2 4" }}
            labelFormatter={() => ""}
            formatter={(amount, name) => [
              name === metric.title[locale] ? value(Number(amount)) : along(Number(amount)),
              String(name),
            ]}
          />
          <Scatter data={points} isAnimationActive={false}>
            {points.map(({ index }, place) => (
              <Cell
                key={index}
                fill={variantColour(index, report.baseline)}
                {...(points.length > 2 && frontier.has(place) && { stroke: "var(--fg)", strokeWidth: 2 })}
              />
            ))}
            <LabelList dataKey="key" position="right" fill="var(--fg)" fontSize={12} offset={10} />
            <ErrorBar dataKey="error" direction="y" width={4} stroke="var(--muted)" strokeWidth={1} />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
