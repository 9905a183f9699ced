"use client";

import { useTranslations } from "next-intl";
import type { RunFilter } from "@/components/runs/run-filter";
import type { RouterOutputs } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { Duration, Money } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RunsLink } from "./runs-link";
import { useShare } from "./sums";
import { bodyStyle, headStyle, rowStyle } from "./table-style";

interface StepsProps {
  readonly figures: RouterOutputs["rollup"]["deployment"];
  readonly filter: RunFilter;
}

/** Which steps take the time: what each takes of the budget, or of a run where there is none. */
export function Steps({ figures: { steps, total, latencyBudgetMs }, filter }: StepsProps) {
  const t = useTranslations("deployments.figures");
  const share = useShare();
  const whole = latencyBudgetMs ?? total.p95 ?? 0;
  return (
    <section className="flex min-w-0 flex-col gap-2" aria-label={t("steps")}>
      <h2 className="font-medium text-base text-fg">{t("steps")}</h2>
      {steps.length === 0 ? (
        <p className="text-muted text-sm">{t("noSteps")}</p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className={headStyle}>
              <th scope="col">{t("step")}</th>
              <th scope="col" className="w-56">
                {t(latencyBudgetMs === null ? "ofRun" : "ofBudget")}
              </th>
              {(["p50", "p95", "times", "failed", "firstToken", "cached", "cost"] as const).map((column) => (
                <th key={column} scope="col" className="w-20 text-right">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={bodyStyle}>
            {steps.map((step) => {
              const part = whole > 0 && step.p95 !== null ? step.p95 / whole : 0;
              return (
                <tr key={step.id ?? "*"} className={rowStyle}>
                  <td className="truncate" title={step.type ?? t("goneStep")}>
                    {step.label ?? step.id ?? t("others")}
                    {step.type === null && step.id !== null ? (
                      <span className="ml-2 text-faint text-xs">{t("goneStep")}</span>
                    ) : null}
                  </td>
                  <td>
                    <span className="flex items-center gap-2" title={t("partHelp")}>
                      <span className="h-1.5 flex-1 overflow-hidden rounded-sm bg-active">
                        <span
                          className={cn("block h-full", part > 1 ? "bg-error" : part > 0.5 ? "bg-warn" : "bg-accent")}
                          style={{ width: `${Math.min(100, part * 100)}%` }}
                        />
                      </span>
                      <span className="tabular w-12 text-right text-muted text-xs">{share(part)}</span>
                    </span>
                  </td>
                  <td className="text-right">
                    <Duration ms={step.p50} />
                  </td>
                  <td className="text-right">
                    <Duration ms={step.p95} />
                  </td>
                  <td className="tabular text-right">
                    <RunsLink filter={step.id === null ? filter : { ...filter, step: step.id }}>
                      {formatCount(step.runs)}
                    </RunsLink>
                  </td>
                  <td className="tabular text-right">
                    <RunsLink
                      filter={{ ...filter, status: "failure", ...(step.id !== null && { step: step.id }) }}
                      className={step.failures > 0 ? "text-error" : "text-faint"}
                    >
                      {formatCount(step.failures)}
                    </RunsLink>
                  </td>
                  <td className="text-right">
                    <Duration ms={step.firstTokenP50} />
                  </td>
                  <td className="tabular text-right">
                    {step.calls === 0 ? "–" : share(step.cachedCalls / step.calls)}
                  </td>
                  <td className="text-right">
                    {step.calls === 0 ? (
                      "–"
                    ) : (
                      <Money microUsd={step.uncosted > 0 ? null : step.costMicroUsd} atLeast={step.costMicroUsd} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p className="text-faint text-xs">{t("stepsHelp")}</p>
    </section>
  );
}
