"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { JobProgress } from "@/components/job/job-progress";
import { useJob } from "@/components/job/use-job";
import { useJobFailure } from "@/components/job/use-job-failure";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { DeployDialog } from "./deploy-dialog";
import { numbered } from "./numbered";
import { TuningCurves } from "./tuning-curves";
import { TuningFacts } from "./tuning-facts";
import { inParameters, inTime } from "./tuning-figures";
import { isOpen, TuningStatus } from "./tuning-status";

type Tuning = RouterOutputs["fineTuning"]["get"];
const lookMs = 2_000;

/** One training: how it goes, what it says, what it was made from, and what can be done with it. */
export function TuningPage({ id }: { readonly id: string }) {
  const t = useTranslations("tuning");
  const registry = useTranslations("registry");
  const trpc = useTRPC();
  const tuning = useQuery(
    trpc.fineTuning.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data.status) ? lookMs : false) },
    ),
  );
  const parents = useMemo(
    () => [
      { title: registry("title"), href: "/registry" },
      { title: t("title"), href: "/registry/fine-tune" },
    ],
    [t, registry],
  );
  return (
    <>
      <PageHeader
        title={tuning.data?.name ?? t("title")}
        parents={parents}
        actions={tuning.data === undefined ? null : <Actions tuning={tuning.data} />}
      />
      <PageBody className="max-w-5xl">
        {tuning.isError ? <QueryError error={tuning.error} onRetry={() => void tuning.refetch()} /> : null}
        {tuning.data === undefined ? null : <Shown tuning={tuning.data} onEnded={() => void tuning.refetch()} />}
      </PageBody>
    </>
  );
}

function Actions({ tuning }: { readonly tuning: Tuning }) {
  const t = useTranslations("tuning.page");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const changed = () => queries.invalidateQueries({ queryKey: trpc.fineTuning.pathKey() });
  const [asking, setAsking] = useState<"remove" | "deploy" | null>(null);
  const version = useQuery(
    trpc.tunedModel.version.queryOptions({ id: tuning.versionId ?? "" }, { enabled: tuning.versionId !== null }),
  );
  const again = useMutation(
    trpc.fineTuning.again.mutationOptions({ onError, onSuccess: ({ id }) => router.push(`/registry/fine-tune/${id}`) }),
  );
  const resume = useMutation(trpc.fineTuning.resume.mutationOptions({ onError, onSuccess: changed }));
  const undeploy = useMutation(
    trpc.fineTuning.undeploy.mutationOptions({
      onError,
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() });
        toast.success(t("undeployed"));
      },
    }),
  );
  const remove = useMutation(
    trpc.fineTuning.remove.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("removed"));
        router.push("/registry/fine-tune");
      },
    }),
  );
  const { id, status } = tuning;
  return (
    <>
      {isOpen(status) ? null : (
        <>
          <Button variant="ghost" onClick={() => setAsking("remove")}>
            {t("remove")}
          </Button>
          <Button variant="ghost" busy={again.isPending} onClick={() => again.mutate({ id })}>
            {t("again")}
          </Button>
        </>
      )}
      <Button asChild>
        <Link href={`/registry/fine-tune/new?from=${id}`}>{t("clone")}</Link>
      </Button>
      {status === "failed" ? (
        <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate({ id })}>
          {t("resume")}
        </Button>
      ) : null}
      {version.data?.servedAs ? (
        <Button busy={undeploy.isPending} onClick={() => undeploy.mutate({ id })}>
          {t("undeploy")}
        </Button>
      ) : null}
      {status === "done" ? (
        <Button variant="primary" onClick={() => setAsking("deploy")}>
          {t("deploy")}
        </Button>
      ) : null}
      {asking === "deploy" ? <DeployDialog tuning={tuning} onClose={() => setAsking(null)} /> : null}
      <AlertDialog
        open={asking === "remove"}
        onOpenChange={(open) => setAsking(open ? "remove" : null)}
        title={t("removeTitle")}
        description={t("removeDescription")}
        action={t("remove")}
        busy={remove.isPending}
        onAction={() => remove.mutate({ id })}
      />
    </>
  );
}

function Shown({ tuning, onEnded }: { readonly tuning: Tuning; readonly onEnded: () => void }) {
  const t = useTranslations("tuning.page");
  const locale = useLocale();
  const sayFailure = useJobFailure();
  const { status, record, request } = tuning;
  const open = isOpen(status);
  const { job, cancel } = useJob(open ? tuning.jobId : null, onEnded);
  const facts = [
    record.totalSteps === null ? null : t("steps", { step: record.step, total: record.totalSteps }),
    open && record.secondsLeft !== null ? t("left", { time: inTime(record.secondsLeft, locale) }) : null,
    open && record.tokensPerSecond !== null ? t("speed", { count: Math.round(record.tokensPerSecond) }) : null,
    record.trainedParameters === null
      ? null
      : t("learning", { trained: inParameters(record.trainedParameters), all: inParameters(record.parameters) }),
  ].filter((fact) => fact !== null);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <TuningStatus status={status} />
        <span className="tabular text-muted">{facts.join(" · ")}</span>
        {tuning.versionId === null ? null : (
          <Link className="text-accent-text hover:underline" href={`/registry/${tuning.tunedModelId}`}>
            {t("version")}
          </Link>
        )}
      </div>
      {job !== null && open ? <JobProgress job={job} title={tuning.name} onCancel={cancel} /> : null}
      {tuning.error === null ? null : (
        <div role="alert" className="rounded-lg border border-line-strong p-3 text-sm">
          <p className="font-medium text-error">
            {sayFailure({ errorCode: tuning.error.code, errorMessage: tuning.error.message })}
          </p>
          <p className="mt-1 whitespace-pre-wrap break-words text-muted">{tuning.error.message}</p>
        </div>
      )}
      <Section title={t("curves")}>
        <TuningCurves record={record} />
      </Section>
      <Section title={t("samples")}>
        <Samples samples={record.samples} prompts={request.samplePrompts} />
      </Section>
      {status === "done" ? (
        <p className="max-w-3xl text-muted text-sm">{`${t("experiment")}: ${t("experimentHelp")}`}</p>
      ) : null}
      <TuningFacts tuning={tuning} />
      <Section title={t("log")}>
        <ul className="max-h-80 overflow-y-auto rounded-lg border border-line p-3 font-mono text-xs">
          {numbered(record.lines).map(({ item: { level, text }, key }) => (
            <li
              key={key}
              className={level === "warning" ? "whitespace-pre-wrap text-warn" : "whitespace-pre-wrap text-muted"}
            >
              {text}
            </li>
          ))}
        </ul>
        {record.dropped > 0 ? <p className="text-faint text-xs">{t("dropped", { count: record.dropped })}</p> : null}
        {record.unread > 0 ? <p className="text-warn text-xs">{t("unread", { count: record.unread })}</p> : null}
      </Section>
    </>
  );
}

interface SamplesProps {
  readonly samples: Tuning["record"]["samples"];
  readonly prompts: readonly string[];
}

/** What each question was answered with, the latest checkpoint first. */
function Samples({ samples, prompts }: SamplesProps) {
  const t = useTranslations("tuning.page");
  if (prompts.length === 0) return <p className="text-muted text-sm">{t("noQuestions")}</p>;
  if (samples.length === 0) return <p className="text-muted text-sm">{t("noSamples")}</p>;
  const steps = [...new Set(samples.map(({ step }) => step))].sort((left, right) => right - left);
  return (
    <div className="max-h-96 overflow-auto rounded-lg border border-line">
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-surface text-muted text-xs">
          <tr>
            <th className="px-3 py-2 font-medium">{t("step")}</th>
            {prompts.map((prompt) => (
              <th key={prompt} className="min-w-40 max-w-72 truncate px-3 py-2 font-medium" title={prompt}>
                {prompt}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step} className="border-line border-t align-top">
              <td className="tabular px-3 py-2 text-faint">{step}</td>
              {prompts.map((prompt, place) => (
                <td key={prompt} className="whitespace-pre-wrap break-words px-3 py-2">
                  {samples.find((sample) => sample.step === step && sample.prompt === place)?.text ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
