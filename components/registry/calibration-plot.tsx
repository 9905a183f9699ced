"use client";

import { useTranslations } from "next-intl";
import { percent } from "./estimate";

interface Bin {
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

const [size, left, bottom] = [180, 30, 22];

/** How often the model is right, by how sure it says it is. */
export function CalibrationPlot({ bins }: { readonly bins: readonly Bin[] }) {
  const t = useTranslations("registry.metrics");
  const x = (share: number) => left + share * (size - left - 14);
  const y = (share: number) => 8 + (1 - share) * (size - bottom - 8);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("calibrationTitle")} className="w-full max-w-56">
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="stroke-line-strong" strokeDasharray="3 3" />
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(0)} className="stroke-line" />
      <line x1={x(0)} y1={y(0)} x2={x(0)} y2={y(1)} className="stroke-line" />
      {bins
        .filter(({ count }) => count > 0)
        .map((bin) => (
          <circle
            key={bin.confidence}
            cx={x(bin.confidence)}
            cy={y(bin.accuracy)}
            r={2.5 + 5 * Math.sqrt(bin.count / most)}
            className="fill-accent/70"
          >
            <title>
              {t("bin", { count: bin.count, confidence: percent(bin.confidence), accuracy: percent(bin.accuracy) })}
            </title>
          </circle>
        ))}
      {[0, 1].map((share) => (
        <g key={share} className="tabular fill-faint text-[10px]">
          <text x={x(share)} y={size - 8} textAnchor="middle">
            {100 * share}
          </text>
          <text x={left - 5} y={y(share) + 3} textAnchor="end">
            {100 * share}
          </text>
        </g>
      ))}
      <text x={x(0.5)} y={size - 8} textAnchor="middle" className="fill-muted text-[10px]">
        {t("confidence")}
      </text>
      <text
        x={12}
        y={y(0.5)}
        textAnchor="middle"
        transform={`rotate(-90 12 ${y(0.5)})`}
        className="fill-muted text-[10px]"
      >
        {t("share")}
      </text>
    </svg>
  );
}
