import { type Locale, localize } from "@/runtime/node/localized";
import type { Report } from "../contract/report";

/** One metric of one variant, ready to be written in any format. */
export const reportLines = (report: Report, locale: Locale) =>
  report.metrics.flatMap((metric) =>
    report.variants.map((variant, index) => ({
      metric,
      title: localize(metric.title, locale),
      variant: index,
      label: variant.label,
      baseline: index === report.baseline,
      value: metric.values.find((each) => each.variant === index) ?? null,
      comparison: metric.comparisons.find((each) => each.variant === index) ?? null,
    })),
  );

export const decisionNames = {
  better: { en: "better", zh: "更好" },
  worse: { en: "worse", zh: "更差" },
  "not-worse": { en: "not worse", zh: "不更差" },
  "no-difference": { en: "no difference", zh: "无差异" },
  inconclusive: { en: "inconclusive", zh: "尚无定论" },
} as const;
