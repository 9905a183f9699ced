"use client";

import { useMutation } from "@tanstack/react-query";
import { Gavel, UserCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { Explained } from "../explained";
import type { ExperimentView, JudgeView } from "../types";
import { useReportLocale } from "../use-report-locale";
import { AgreementMatrix } from "./agreement-matrix";
import { JudgeLeans } from "./judge-leans";
import { kappaWord } from "./kappa-word";

interface JudgePanelProps {
  readonly experiment: ExperimentView;
  readonly scorerId: string;
  readonly judge: JudgeView;
  readonly onChanged: () => void;
}

const share = (value: number | null): string => (value === null ? "–" : `${Math.round(value * 100)} %`);
const two = (value: number | null): string => (value === null ? "–" : value.toFixed(2).replace("-", "−"));

/** One judge beside people: agreement with its interval, where they part, and the decision whether it counts. */
export function JudgePanel({ experiment, scorerId, judge, onChanged }: JudgePanelProps) {
  const t = useTranslations("experiments.judges");
  const locale = useReportLocale();
  const trpc = useTRPC();
  const onError = useErrorToast();
  const accept = useMutation(trpc.experiment.acceptJudge.mutationOptions({ onError, onSuccess: onChanged }));
  const { id, spec } = experiment;
  const scorer = findScorer(spec.scorers.find((each) => each.id === scorerId)?.type ?? "");
  const enough = judge.labelled >= judge.least;
  return (
    <section
      aria-label={scorer?.title[locale] ?? scorerId}
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4"
    >
      <header className="flex flex-wrap items-center gap-3">
        <Gavel aria-hidden="true" className="size-4 text-faint" />
        <h2 className="font-medium text-base">{scorer?.title[locale] ?? scorerId}</h2>
        <Badge tone={judge.accepted ? "ok" : "warn"}>{t(judge.accepted ? "counts" : "countsNot")}</Badge>
        <span className="ml-auto flex gap-2">
          <Button asChild>
            <Link href={`/evaluation/experiments/${id}/review?scorer=${encodeURIComponent(scorerId)}`}>
              <UserCheck />
              {t("label")}
            </Link>
          </Button>
          {judge.accepted ? (
            <Button
              variant="danger"
              busy={accept.isPending}
              onClick={() => accept.mutate({ id, scorerId, accepted: false })}
            >
              {t("withdraw")}
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={!judge.acceptable}
              busy={accept.isPending}
              onClick={() => accept.mutate({ id, scorerId, accepted: true })}
            >
              {t("accept")}
            </Button>
          )}
        </span>
      </header>
      {enough ? (
        <p className="text-muted text-sm">
          {judge.acceptable
            ? t("corrected")
            : judge.low === null
              ? t("tooMuchAlike")
              : t("agreesTooLittle", { least: two(judge.leastKappa) })}
        </p>
      ) : (
        <div className="flex items-center gap-3 text-muted text-sm">
          <ProgressBar label={t("labelled")} value={judge.labelled} most={judge.least} className="w-40" />
          {t("needs", { labelled: judge.labelled, least: judge.least })}
        </div>
      )}
      {judge.labelled > 0 ? (
        <div className="flex flex-wrap items-start gap-8">
          <dl className="grid grid-cols-[auto_auto] items-baseline gap-x-6 gap-y-2 text-sm">
            <dt className="text-muted">
              <Explained content={t(judge.pairwise ? "kappaHelp" : "kappaWeightedHelp")}>
                {t(judge.pairwise ? "kappa" : "kappaWeighted")}
              </Explained>
            </dt>
            <dd className="tabular">
              <span className="font-medium text-fg text-lg">{two(judge.kappa)}</span>
              {judge.low === null || judge.high === null ? null : (
                <span className="ml-2 text-muted">{t("interval", { low: two(judge.low), high: two(judge.high) })}</span>
              )}
              {judge.kappa === null ? null : (
                <span className="ml-2 text-muted">{t(`word.${kappaWord(judge.kappa)}`)}</span>
              )}
            </dd>
            <dt className="text-muted">{t("same")}</dt>
            <dd className="tabular">{share(judge.same)}</dd>
            <dt className="text-muted">{t("labelled")}</dt>
            <dd className="tabular">{judge.labelled}</dd>
          </dl>
          <AgreementMatrix judge={judge} />
          <JudgeLeans experiment={experiment} judge={judge} />
        </div>
      ) : (
        <p className="text-muted text-sm">{t("unknown")}</p>
      )}
    </section>
  );
}
