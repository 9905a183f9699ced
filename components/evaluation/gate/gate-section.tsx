"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { JobProgress } from "@/components/job/job-progress";
import { useJobFailure } from "@/components/job/use-job-failure";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { GraphChanges } from "./graph-changes";
import { ResultRow } from "./result-row";

type Status = RouterOutputs["gate"]["get"];
// It brings all scorers along, which a page with a gate does without until one is set.
const GateDialog = lazy(() => import("./gate-dialog").then((module) => ({ default: module.GateDialog })));

const lookMs = 1_000;
const tones = {
  "no-check": "neutral",
  running: "running",
  passed: "ok",
  "not-passed": "error",
  failure: "warn",
  live: "ok",
} as const;

/** The gate of a pipeline as it stands for the saved draft; looked at again while a check runs. */
export const useGate = (pipelineId: string) => {
  const trpc = useTRPC();
  return useQuery(
    trpc.gate.get.queryOptions(
      { pipelineId },
      { refetchInterval: ({ state }) => (state.data?.check?.state === "running" ? lookMs : false) },
    ),
  );
};

interface GateSectionProps {
  readonly pipelineId: string;
  readonly status: Status;
  /** Saves the draft; gives its revision, or null where that failed. */
  readonly onSave: () => Promise<number | null>;
}

/** What the gate asks for, what was seen, what going live would change; starts and stops checks. */
export function GateSection({ pipelineId, status, onSave }: GateSectionProps) {
  const t = useTranslations("gate");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const sayFailure = useJobFailure();
  const [editing, setEditing] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
  const check = useMutation(trpc.gate.check.mutationOptions({ onError, onSettled: refresh }));
  const cancel = useMutation(trpc.job.cancel.mutationOptions({ onError, onSettled: refresh }));
  const { gate, check: latest, open, reason, diff } = status;
  const start = async () => {
    const revision = await onSave();
    if (revision !== null) check.mutate({ pipelineId, revision });
  };
  const state = latest?.state ?? (open && gate?.enabled ? "live" : "no-check");
  const edit = (
    <Button size="sm" onClick={() => setEditing(true)}>
      {gate === null ? t("set") : t("edit")}
    </Button>
  );
  const dialog = editing ? (
    <Suspense>
      <GateDialog pipelineId={pipelineId} gate={gate} onClose={() => setEditing(false)} />
    </Suspense>
  ) : null;
  if (gate === null || !gate.enabled)
    return (
      <section className="flex items-center gap-3 text-muted text-sm">
        <ShieldCheck className="size-4 shrink-0 text-faint" />
        <span className="flex-1">{gate === null ? t("none") : t("off")}</span>
        {edit}
        {dialog}
      </section>
    );
  return (
    <section
      aria-label={t("title")}
      data-testid="gate"
      className="flex flex-col gap-3 rounded-lg border border-line p-3"
    >
      <div className="flex items-center gap-2">
        <ShieldCheck className="size-4 text-faint" />
        <h3 className="font-medium text-sm">{t("title")}</h3>
        <Badge tone={tones[state]} data-testid="gate-state">
          {t(`state.${state}`)}
        </Badge>
        <Link href={`/evaluation/datasets/${gate.dataset.id}`} className="truncate text-muted text-sm hover:text-fg">
          {gate.dataset.name}
        </Link>
        <span className="ml-auto flex items-center gap-2">
          {edit}
          {reason === null || reason === "running" || reason === "not-passed" ? null : (
            <Button
              size="sm"
              variant="primary"
              busy={check.isPending}
              onClick={() => void start()}
              data-testid="gate-check"
            >
              {reason === "no-check" ? t("check") : t("again")}
            </Button>
          )}
        </span>
      </div>
      {latest ? (
        <p className="text-muted text-xs">
          {t("comparing", { version: latest.revisionNumber, baseline: latest.baselineNumber ?? "none" })}
          {latest.experimentId === null ? null : (
            <>
              {" · "}
              <Link
                href={`/evaluation/experiments/${latest.experimentId}`}
                className="text-accent-text hover:underline"
              >
                {t("openExperiment")}
              </Link>
            </>
          )}
          {latest.attempts !== null && latest.attempts.failed > 0 ? ` · ${t("attempts", latest.attempts)}` : null}
        </p>
      ) : null}
      {latest?.state === "running" && latest.job ? (
        <JobProgress
          job={latest.job}
          title={t("state.running")}
          onCancel={() => {
            if (latest.job) cancel.mutate({ id: latest.job.id });
          }}
        />
      ) : null}
      {latest?.state === "failure" ? (
        <p className="text-sm text-warn">{(latest.job && sayFailure(latest.job)) ?? t("state.failure")}</p>
      ) : null}
      {latest && latest.results.length > 0 ? (
        <ul aria-label={t("metrics")} className="flex flex-col gap-2">
          {latest.results.map((result) => (
            <ResultRow key={`${result.metric}/${result.asked.kind}`} result={result} />
          ))}
        </ul>
      ) : null}
      {diff === null ? null : <GraphChanges diff={diff} />}
      {dialog}
    </section>
  );
}
