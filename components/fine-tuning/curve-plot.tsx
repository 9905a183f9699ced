"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { inDigits } from "./tuning-figures";

export interface PlotLine {
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points: readonly { readonly step: number; readonly value: number | null }[];
}

const [width, height, left, bottom, top] = [560, 190, 52, 20, 8];

/** Lines over steps. `say` writes a value of the axis. What is no number leaves a gap. */
export function CurvePlot({
  title,
  lines,
  say = inDigits,
}: {
  readonly title: string;
  readonly lines: readonly PlotLine[];
  readonly say?: (value: number) => string;
}) {
  const t = useTranslations("tuning.page");
  const [at, setAt] = useState<number | null>(null);
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])));
  const steps = lines.flatMap(({ points }) => points.map(({ step }) => step));
  const [least, most] = [min(values), max(values)];
  const [first, last] = [min(steps), max(steps)];
  const room = most - least || Math.abs(most) || 1;
  const x = (step: number) => left + ((step - first) / Math.max(1, last - first)) * (width - left - 10);
  const y = (value: number) => top + (1 - (value - least) / room) * (height - bottom - top);
  const near = at === null ? null : first + ((at - left) / (width - left - 10)) * (last - first);
  return (
    <figure className="flex min-w-0 flex-col gap-1.5 rounded-lg border border-line bg-surface p-3">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <span className="font-medium">{title}</span>
        {lines.map((line) => {
          const point = near === null ? line.points.at(-1) : closest(line.points, near);
          return (
            <span key={line.name} className="flex items-center gap-1.5 text-muted text-xs">
              <span
                aria-hidden="true"
                className={`w-5 border-t-2 ${line.dashed ? "border-dashed" : ""}`}
                style={{ borderColor: line.colour }}
              />
              {line.name}
              <span className="tabular text-fg">
                {point?.value === null || point === undefined ? "–" : say(point.value)}
              </span>
            </span>
          );
        })}
        <span className="tabular ml-auto text-faint text-xs">
          {steps.length === 0 ? "" : `${t("step")} ${near === null ? last : Math.round(near)}`}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={title}
        className="w-full"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const place = ((event.clientX - box.left) / box.width) * width;
          setAt(Math.min(width - 10, Math.max(left, place)));
        }}
        onPointerLeave={() => setAt(null)}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              x1={left}
              x2={width}
              y1={y(least + share * room)}
              y2={y(least + share * room)}
              className="stroke-line"
            />
            <text
              x={left - 6}
              y={y(least + share * room) + 3}
              textAnchor="end"
              className="tabular fill-faint text-[10px]"
            >
              {values.length === 0 ? "" : say(least + share * room)}
            </text>
          </g>
        ))}
        {lines.map(({ name, colour, dashed, points }) => (
          <path
            key={name}
            d={pathOf(points, x, y)}
            fill="none"
            stroke={colour}
            strokeWidth={1.6}
            strokeLinejoin="round"
            {...(dashed && { strokeDasharray: "5 3" })}
          />
        ))}
        {lines.map(({ name, colour, points }) =>
          points.length > 60
            ? null
            : points.map(({ step, value }) =>
                value === null ? null : (
                  <circle
                    key={`${name} ${step}`}
                    cx={x(step)}
                    cy={y(value)}
                    r={points.length === 1 ? 3 : 1.8}
                    fill={colour}
                  />
                ),
              ),
        )}
        {at === null ? null : <line x1={at} x2={at} y1={top} y2={height - bottom} className="stroke-line-strong" />}
      </svg>
    </figure>
  );
}

const min = (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), values[0] ?? 0);
const max = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), values[0] ?? 0);

const closest = (points: PlotLine["points"], step: number) => {
  let best = points[0];
  for (const point of points) {
    if (best === undefined || Math.abs(point.step - step) < Math.abs(best.step - step)) best = point;
  }
  return best;
};

const pathOf = (points: PlotLine["points"], x: (step: number) => number, y: (value: number) => number): string => {
  let pen = "M";
  let path = "";
  for (const { step, value } of points) {
    if (value === null) pen = "M";
    else {
      path += `${pen}${x(step).toFixed(1)},${y(value).toFixed(1)}`;
      pen = "L";
    }
  }
  return path;
};
