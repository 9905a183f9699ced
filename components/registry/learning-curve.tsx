"use client";

import { useTranslations } from "next-intl";

interface Point {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
}

const [width, height, left, bottom] = [420, 160, 34, 18];

/** Loss on the rows learnt from and on those set aside, pass by pass; the pass that counts is marked. */
export function LearningCurve({ points, best }: { readonly points: readonly Point[]; readonly best: number }) {
  const t = useTranslations("registry.metrics");
  const most = Math.max(...points.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]), 0.01);
  const x = (epoch: number) => left + ((epoch - 1) / Math.max(1, points.length - 1)) * (width - left - 8);
  const y = (loss: number) => 6 + (1 - loss / most) * (height - bottom - 6);
  const line = (value: (point: Point) => number) =>
    points.map((point, index) => `${index === 0 ? "M" : "L"}${x(point.epoch)},${y(value(point))}`).join("");
  return (
    <figure className="flex flex-col gap-2">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("curve")} className="w-full max-w-lg">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={left} x2={width} y1={y(most * share)} y2={y(most * share)} className="stroke-line" />
            <text x={left - 6} y={y(most * share) + 3} textAnchor="end" className="tabular fill-faint text-[10px]">
              {(most * share).toFixed(2)}
            </text>
          </g>
        ))}
        <line
          x1={x(best)}
          x2={x(best)}
          y1={6}
          y2={height - bottom}
          strokeDasharray="2 3"
          className="stroke-line-strong"
        />
        <text x={x(best)} y={height - 4} textAnchor="middle" className="tabular fill-faint text-[10px]">
          {t("epoch", { epoch: best })}
        </text>
        <path
          d={line(({ trainLoss }) => trainLoss)}
          fill="none"
          strokeDasharray="4 3"
          className="stroke-muted"
          strokeWidth={1.5}
        />
        <path
          d={line(({ validationLoss }) => validationLoss)}
          fill="none"
          className="stroke-accent"
          strokeWidth={1.75}
        />
      </svg>
      <figcaption className="flex gap-4 text-muted text-xs">
        <Key className="border-muted border-dashed">{t("trainLoss")}</Key>
        <Key className="border-accent">{t("validationLoss")}</Key>
      </figcaption>
    </figure>
  );
}

const Key = ({ className, children }: { readonly className: string; readonly children: string }) => (
  <span className="flex items-center gap-1.5">
    <span aria-hidden="true" className={`w-5 border-t-2 ${className}`} />
    {children}
  </span>
);
