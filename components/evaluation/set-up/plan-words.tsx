import { useTranslations } from "next-intl";
import type { MetricDefinition } from "@/runtime/eval/contract/metric";
import { formatDifference, roundCases } from "@/runtime/eval/say/format-value";
import type { Forecast } from "../types";
import { useReportLocale } from "../use-report-locale";

interface PlanWordsProps {
  readonly plan: Forecast["plan"];
  readonly metric: Pick<MetricDefinition, "scale" | "unit">;
}

/** What an earlier experiment lets one expect: the chance to show that nothing got worse, and whether more cases or more repeats tell more. */
export function PlanWords({ plan, metric }: PlanWordsProps) {
  const t = useTranslations("experiments.forecast.plan");
  const locale = useReportLocale();
  const { pilot, margin, split } = plan;
  const say = (difference: number) =>
    formatDifference(difference, { scale: metric.scale, unit: metric.unit ?? null, kind: "mean" }, locale).replace(
      "+",
      "",
    );
  return (
    <div className="flex flex-col gap-2 text-muted text-sm" data-testid="plan">
      <p>{pilot === null ? t("guess") : t("pilot", { name: pilot })}</p>
      {margin ? (
        <p>
          {t("margin", { power: Math.round(100 * margin.power) })}
          {margin.power < 0.795 && margin.rows !== null
            ? ` ${t("marginRows", { rows: roundCases(margin.rows) })}`
            : null}
        </p>
      ) : null}
      {split ? (
        <p>
          {t("parts", { share: Math.round(100 * split.share), rest: 100 - Math.round(100 * split.share) })}{" "}
          {split.detectable < split.planned * 0.99
            ? t("split", {
                rows: split.rows,
                repeats: split.repeats,
                best: say(split.detectable),
                planned: say(split.planned),
              })
            : t("splitBest")}
        </p>
      ) : null}
    </div>
  );
}
