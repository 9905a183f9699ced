"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFigure } from "@/components/evaluation/report/chart-figure";
import { axisStyle, gridStyle, tooltipStyle } from "@/components/evaluation/report/chart-style";
import { type RunFilter, runsAddress } from "@/components/runs/run-filter";
import { formatCost, formatCount, formatDuration } from "@/components/ui/format";
import { Segmented } from "@/components/ui/segmented";
import { isLocale } from "@/i18n/locale";
import type { Range } from "./period";
import type { Figures } from "./sums";

const kinds = ["requests", "latency", "firstToken", "tokens", "cost"] as const;
type Kind = (typeof kinds)[number];

/** The lines or bars of a kind, by what they show, with their colour. */
const series = {
  requests: [
    ["answered", "var(--accent)"],
    ["failed", "var(--error)"],
  ],
  latency: [
    ["p50", "var(--accent)"],
    ["p95", "var(--warn)"],
    ["p99", "var(--error)"],
  ],
  firstToken: [
    ["p50", "var(--accent)"],
    ["p95", "var(--warn)"],
  ],
  tokens: [
    ["input", "var(--accent)"],
    ["output", "var(--warn)"],
  ],
  cost: [["cost", "var(--accent)"]],
} as const satisfies Record<Kind, readonly (readonly [string, string])[]>;

type Stretch = Figures & { readonly at: Date };
const valuesOf: { readonly [K in Kind]: (stretch: Stretch) => Readonly<Record<string, number | null>> } = {
  requests: ({ runs, failures }) => ({ answered: runs - failures, failed: failures }),
  latency: ({ p50, p95, p99 }) => ({ p50, p95, p99 }),
  firstToken: ({ firstTokenP50, firstTokenP95 }) => ({ p50: firstTokenP50, p95: firstTokenP95 }),
  tokens: ({ inputTokens, outputTokens }) => ({ input: inputTokens, output: outputTokens }),
  cost: ({ costMicroUsd }) => ({ cost: costMicroUsd }),
};

interface PeriodChartProps {
  readonly stretches: readonly Stretch[];
  readonly edges: readonly string[];
  readonly range: Range;
  readonly latencyBudgetMs?: number | null;
  readonly filter: RunFilter;
}

/** A period by its hours, days or weeks. A bar opens its runs. */
export function PeriodChart({ stretches, edges, range, latencyBudgetMs = null, filter }: PeriodChartProps) {
  const t = useTranslations("deployments.figures");
  const router = useRouter();
  const format = useFormatter();
  const locale = useLocale();
  const [kind, setKind] = useState<Kind>("requests");
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = (at: Date) =>
    format.dateTime(
      at,
      range === "1" ? { hour: "numeric", minute: "numeric", timeZone } : { month: "short", day: "numeric", timeZone },
    );
  const isTime = kind === "latency" || kind === "firstToken";
  const say = (value: number): string => {
    if (isTime) return formatDuration(value, isLocale(locale) ? locale : "en");
    return kind === "cost" ? formatCost(value) : formatCount(value);
  };
  const shown: readonly (readonly [string, string])[] = series[kind];
  const points = stretches.map((stretch) => ({ when: when(stretch.at), ...valuesOf[kind](stretch) }));
  const name = (key: string) => t(`series.${key as "p50"}`);
  const cell = (value: unknown) => (typeof value === "number" ? say(value) : "–");
  const open = (place: number) => {
    const [since, before] = [edges[place], edges[place + 1]];
    if (since !== undefined && before !== undefined) router.push(runsAddress({ ...filter, since, before }));
  };
  const shared = { data: points, margin: { top: 8, right: 8, bottom: 0, left: 0 } };
  const onPoint = (state: { readonly activeTooltipIndex?: unknown }) => open(Number(state.activeTooltipIndex ?? -1));
  const axes = [
    <CartesianGrid key="grid" {...gridStyle} vertical={false} />,
    <XAxis key="x" dataKey="when" {...axisStyle} minTickGap={24} />,
    <YAxis
      key="y"
      {...axisStyle}
      width={64}
      axisLine={false}
      allowDecimals={kind === "cost"}
      tickFormatter={say}
      domain={[
        0,
        (most: number) =>
          isTime ? Math.max(most, latencyBudgetMs ?? 0) * 1.05 || 1 : Math.max(kind === "cost" ? 1 : 4, most),
      ]}
    />,
    <Tooltip
      key="tooltip"
      {...tooltipStyle}
      cursor={isTime ? { stroke: "var(--line-strong)" } : { fill: "var(--hover)" }}
      formatter={(value) => cell(value)}
    />,
  ];
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={t("chart")}
        value={kind}
        onValueChange={setKind}
        options={kinds.map((value) => ({ value, label: t(`chartOf.${value}`) }))}
        className="self-start"
      />
      <ChartFigure
        title={t(`over.${kind}`)}
        description={t(range === "1" ? "byHour" : range === "365" ? "byWeek" : "byDay")}
        heads={[t("when"), ...shown.map(([key]) => name(key))]}
        rows={points.map((point) => [
          point.when,
          ...shown.map(([key]) => cell((point as Readonly<Record<string, unknown>>)[key])),
        ])}
      >
        <ResponsiveContainer width="100%" height="100%">
          {isTime ? (
            <LineChart {...shared} onClick={onPoint}>
              {axes}
              {latencyBudgetMs !== null && kind === "latency" ? (
                <ReferenceLine
                  y={latencyBudgetMs}
                  stroke="var(--line-strong)"
                  strokeDasharray="4 3"
                  label={{ value: t("budgetLine"), position: "insideTopLeft", fill: "var(--faint)", fontSize: 11 }}
                />
              ) : null}
              {shown.map(([key, stroke]) => (
                <Line
                  key={key}
                  dataKey={key}
                  name={name(key)}
                  stroke={stroke}
                  strokeWidth={1.5}
                  dot={{ r: 1.5 }}
                  isAnimationActive={false}
                />
              ))}
            </LineChart>
          ) : (
            <BarChart {...shared} onClick={onPoint}>
              {axes}
              {shown.map(([key, fill]) => (
                <Bar
                  key={key}
                  dataKey={key}
                  stackId="one"
                  name={name(key)}
                  fill={fill}
                  maxBarSize={36}
                  isAnimationActive={false}
                />
              ))}
            </BarChart>
          )}
        </ResponsiveContainer>
      </ChartFigure>
    </div>
  );
}
