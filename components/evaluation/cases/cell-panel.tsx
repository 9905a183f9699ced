"use client";

import { useQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { Skeleton } from "@/components/ui/skeleton";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import type { ExperimentView } from "../types";
import { useReportLocale } from "../use-report-locale";
import { VariantName } from "../variant-name";
import { AnswerText } from "./answer-text";
import { CellScore } from "./cell-score";
import { scoredText } from "./scored-text";

interface CellPanelProps {
  readonly experiment: ExperimentView;
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  /** Variant whose answer this one's is held against; null: none. */
  readonly against: number | null;
}

/** One answer, whole: what it says, how it was scored and why, and the way to its trace. */
export function CellPanel({ experiment, row, variant, repeat, against }: CellPanelProps) {
  const t = useTranslations("experiments.cases");
  const locale = useReportLocale();
  const sayRunError = useRunErrorText();
  const trpc = useTRPC();
  const { id, spec, report } = experiment;
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const at = { id, row, repeat };
  const cell = useQuery(trpc.experiment.cell.queryOptions({ ...at, variant }));
  const other = useQuery(
    trpc.experiment.cell.queryOptions({ ...at, variant: against ?? variant }, { enabled: against !== null }),
  );
  const output = spec.scorers.find(({ id: scorer }) => scorer === spec.primary.split(".")[0])?.output;
  return (
    <section className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-3">
      <header className="flex items-center justify-between gap-2">
        <h3 className="min-w-0 font-medium text-sm">
          <VariantName variants={spec.variants} variant={variant} baseline={baseline} className="max-w-full" />
        </h3>
        {cell.data?.runId ? (
          <Button size="sm" asChild>
            <Link href={`/runs/${cell.data.runId}`}>
              <ListTree />
              {t("trace")}
            </Link>
          </Button>
        ) : null}
      </header>
      {cell.isPending ? (
        <Skeleton className="h-16" />
      ) : cell.isError ? (
        errorFacts(cell.error).code === "NOT_FOUND" ? (
          <p className="text-muted text-sm">{t("notYet")}</p>
        ) : (
          <QueryError error={cell.error} onRetry={() => void cell.refetch()} />
        )
      ) : (
        <>
          {cell.data.status !== "success" ? (
            <p className={cn("break-words text-sm", cell.data.status === "failure" ? "text-error" : "text-muted")}>
              {cell.data.errorMessage ?? t("failed")}
            </p>
          ) : (
            <AnswerText
              text={scoredText(cell.data.outputs, output)}
              reference={against === null || !other.data ? null : scoredText(other.data.outputs, output)}
            />
          )}
          <dl className="flex flex-col divide-y divide-line border-line border-t text-sm">
            {(report?.metrics ?? []).flatMap((metric) => {
              const value = (cell.data.values as Readonly<Record<string, number | null>>)[metric.id];
              const reason = cell.data.reasons[metric.scorerId];
              if (value === undefined) return [];
              return [
                <div key={metric.id} className="flex flex-col gap-0.5 py-1.5">
                  <div className="flex items-center justify-between gap-3">
                    <dt className="text-muted">{metric.title[locale]}</dt>
                    <dd>{value === null ? t("notApplicable") : <CellScore value={value} metric={metric} />}</dd>
                  </div>
                  {reason ? <dd className="break-words text-faint text-xs">{reason}</dd> : null}
                </div>,
              ];
            })}
            {Object.entries(cell.data.scoreErrors).map(([scorer, message]) => (
              <div key={scorer} className="py-1.5 text-error text-xs">
                <dt className="font-medium">{t("scorerFailed", { scorer })}</dt>
                <dd className="break-words" title={message}>
                  {locale === "en" ? message : sayRunError(cell.data.scoreErrorCodes[scorer] ?? "internal").title}
                </dd>
              </div>
            ))}
          </dl>
          <p className="flex flex-wrap items-center gap-3 text-faint text-xs">
            <Duration ms={cell.data.durationMs} />
            <Tokens input={cell.data.inputTokens} output={cell.data.outputTokens} />
            <Money microUsd={cell.data.costMicroUsd} />
            {cell.data.cached ? <span>{t("fromEarlier")}</span> : null}
            {cell.data.runId === null ? <span>{t("noTrace")}</span> : null}
          </p>
        </>
      )}
    </section>
  );
}
