"use client";

import { useTranslations } from "next-intl";
import { drawSparkline, type HealthCheck } from "./draw-sparkline";

const places = 30;
const bar = 4;
const height = 20;

/** The last checks of a server: how long each took, and which failed. */
export function HealthSparkline({ history }: { readonly history: readonly HealthCheck[] }) {
  const t = useTranslations("endpoints");
  const bars = drawSparkline(history, places);
  const failed = bars.filter((one) => !one.ok).length;
  return (
    <svg
      viewBox={`0 0 ${places * bar} ${height}`}
      width={places * bar}
      height={height}
      role="img"
      aria-label={t("history", { checks: bars.length, failed })}
      className="shrink-0"
    >
      <title>{t("history", { checks: bars.length, failed })}</title>
      {Array.from({ length: places - bars.length }, (_, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: empty places have no identity.
          key={`empty-${index}`}
          x={index * bar}
          y={height - 3}
          width={bar - 1.5}
          height={3}
          rx={1}
          fill="var(--line)"
        />
      ))}
      {bars.map((one) => (
        <rect
          key={one.key}
          x={one.x * bar}
          y={height - one.height * height}
          width={bar - 1.5}
          height={one.height * height}
          rx={1}
          fill={one.ok ? "var(--ok)" : "var(--error)"}
          opacity={one.ok ? 0.7 : 1}
        />
      ))}
    </svg>
  );
}
