"use client";

import { Play, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ErrorFacts } from "@/components/trpc/error-facts";
import { Button } from "@/components/ui/button";
import { Money, Nothing } from "@/components/ui/figures";
import { formatCount, formatDuration } from "@/components/ui/format";
import { useErrorText } from "@/components/ui/use-error-text";
import { formatDifference } from "@/runtime/eval/say/format-value";
import type { Forecast } from "../types";
import { useReportLocale } from "../use-report-locale";
import { PlanWords } from "./plan-words";
import { metricChoices, primaryOf, type SetUpForm } from "./set-up-form";

interface ForecastPanelProps {
  readonly form: SetUpForm;
  readonly draftReady: boolean;
  readonly forecast: Forecast | null;
  readonly fetching: boolean;
  /** Why the server would not start it. */
  readonly refusal: ErrorFacts | null;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onStart: () => void;
}

/** What the experiment would take and show, before it is started. */
export function ForecastPanel({
  form,
  draftReady,
  forecast,
  fetching,
  refusal,
  ready,
  busy,
  onStart,
}: ForecastPanelProps) {
  const t = useTranslations("experiments.forecast");
  const locale = useReportLocale();
  const say = useErrorText();
  const metric = metricChoices(form.scorers).find(({ id }) => id === primaryOf(form))?.metric;
  return (
    <aside
      aria-label={t("title")}
      className="flex w-80 shrink-0 flex-col gap-4 overflow-y-auto border-line border-l bg-surface p-5"
    >
      <h2 className="font-medium text-base">{t("title")}</h2>
      {forecast ? (
        <dl className="flex flex-col gap-2 text-sm" aria-busy={fetching}>
          <Fact name={t("cells")}>
            <span className="tabular">{t("cellsOf", { rows: forecast.rows, cells: forecast.cells })}</span>
          </Fact>
          {forecast.cachedCells > 0 ? (
            <Fact name={t("cached")}>
              <span className="tabular">{forecast.cachedCells}</span>
            </Fact>
          ) : null}
          <Fact name={t("modelCalls")}>
            <span className="tabular">{formatCount(forecast.modelCalls)}</span>
          </Fact>
          <Fact name={t("tokens")}>
            {forecast.inputTokens === null || forecast.outputTokens === null ? (
              <Nothing />
            ) : (
              <span className="tabular">{formatCount(forecast.inputTokens + forecast.outputTokens)}</span>
            )}
          </Fact>
          <Fact name={t("cost")}>
            {forecast.basedOn === "nothing" ? <Nothing /> : <Money microUsd={forecast.costMicroUsd} />}
          </Fact>
          <Fact name={t("time")}>
            {forecast.seconds === null ? (
              <Nothing />
            ) : (
              <span className="tabular">
                {forecast.seconds < 1
                  ? t("atOnce")
                  : t("about", { time: formatDuration(forecast.seconds * 1_000, locale) })}
              </span>
            )}
          </Fact>
        </dl>
      ) : refusal ? null : (
        <p className="text-muted text-sm">{t(draftReady ? "reckoning" : "incomplete")}</p>
      )}
      {forecast && metric && forecast.detectable !== null ? (
        <p className="rounded-md bg-accent-soft px-3 py-2 text-accent-text text-sm" data-testid="detectable">
          {t("detectable", {
            rows: forecast.rows,
            difference: formatDifference(
              forecast.detectable,
              { scale: metric.scale, unit: metric.unit ?? null, kind: "mean" },
              locale,
            ).replace("+", ""),
          })}
        </p>
      ) : null}
      {forecast && metric ? <PlanWords plan={forecast.plan} metric={metric} /> : null}
      {forecast && forecast.warnings.length > 0 ? (
        <ul className="flex flex-col gap-2 text-sm text-warn">
          {forecast.warnings.map((warning) => (
            <li key={warning} className="flex gap-2">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
              {t.has(`warning.${warning}`) ? t(`warning.${warning}` as "warning.few-rows") : warning}
            </li>
          ))}
        </ul>
      ) : null}
      {refusal ? (
        <div role="alert" className="rounded-md bg-error-soft px-3 py-2 text-error text-sm">
          <p className="font-medium">{t("refused")}</p>
          <p className="break-words">{refusal.message ?? say(refusal).description}</p>
          {refusal.hint ? <p className="break-words">{refusal.hint}</p> : null}
        </div>
      ) : null}
      <Button variant="primary" size="lg" disabled={!ready} busy={busy} className="mt-auto" onClick={onStart}>
        <Play />
        {t("start")}
      </Button>
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}
