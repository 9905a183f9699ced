"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFigure } from "@/components/evaluation/report/chart-figure";
import { axisStyle, gridStyle, tooltipStyle } from "@/components/evaluation/report/chart-style";
import type { RouterOutputs } from "@/components/trpc/client";
import { formatCount } from "@/components/ui/format";

interface CallsChartProps {
  readonly spans: RouterOutputs["deployment"]["statistics"]["spans"];
  /** One bar an hour, not a day. */
  readonly hourly: boolean;
}

/** Calls over time, those that failed apart. */
export function CallsChart({ spans, hourly }: CallsChartProps) {
  const t = useTranslations("deployments.page");
  const format = useFormatter();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const said = (at: Date) =>
    hourly
      ? format.dateTime(at, { hour: "numeric", minute: "numeric", timeZone })
      : format.dateTime(at, { month: "short", day: "numeric", timeZone });
  const points = spans.map(({ at, ok, failed }) => ({ when: said(at), ok, failed }));
  return (
    <ChartFigure
      title={t("callsOverTime")}
      description={t(hourly ? "callsByHour" : "callsByDay")}
      heads={[t("when"), t("answered"), t("failed")]}
      rows={points.map(({ when, ok, failed }) => [when, String(ok), String(failed)])}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid {...gridStyle} vertical={false} />
          <XAxis dataKey="when" {...axisStyle} minTickGap={24} />
          <YAxis
            {...axisStyle}
            width={48}
            axisLine={false}
            allowDecimals={false}
            domain={[0, (most: number) => Math.max(4, most)]}
            tickFormatter={formatCount}
          />
          <Tooltip {...tooltipStyle} cursor={{ fill: "var(--hover)" }} />
          <Bar
            dataKey="ok"
            stackId="calls"
            name={t("answered")}
            fill="var(--accent)"
            maxBarSize={36}
            isAnimationActive={false}
          />
          <Bar
            dataKey="failed"
            stackId="calls"
            name={t("failed")}
            fill="var(--error)"
            maxBarSize={36}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
