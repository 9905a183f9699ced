"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, ShieldCheck, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { MarkedText } from "@/components/editor/compare/marked-text";
import { textDifference } from "@/components/editor/compare/text-difference";
import { ResultRow } from "@/components/evaluation/gate/result-row";
import { JobProgress } from "@/components/job/job-progress";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { type Locale, localize } from "@/runtime/node/localized";
import { stateTones } from "./state-tones";
import { ValueDifference } from "./value-difference";

type Proposal = RouterOutputs["proposal"]["get"];
/** How often it is read again while its gate checks. */
const lookMs = 1_500;

/** A proposal as a reviewer reads it: the words, the answers, the figures, and what accepting moves. */
export function ProposalPage({ id }: { readonly id: string }) {
  const t = useTranslations("proposals");
  const trpc = useTRPC();
  const proposal = useQuery(
    trpc.proposal.get.queryOptions(
      { id },
      { staleTime: 0, refetchInterval: ({ state }) => (state.data?.gate?.check?.state === "running" ? lookMs : false) },
    ),
  );
  const parents = [{ title: t("title"), href: "/proposals" }];
  const { data } = proposal;
  if (data === undefined)
    return (
      <>
        <PageHeader title={t("one")} parents={parents} />
        {proposal.isError ? (
          <QueryError error={proposal.error} onRetry={() => void proposal.refetch()} className="flex-1" />
        ) : (
          <PageSkeleton />
        )}
      </>
    );
  return (
    <>
      <PageHeader
        title={t("of", { pipeline: data.pipeline.name })}
        parents={parents}
        aside={
          <Badge tone={stateTones[data.state]} data-testid="proposal-state">
            {t(`state.${data.state}`)}
          </Badge>
        }
        actions={data.state === "open" ? <Decide proposal={data} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-6 px-5 py-5">
          <Said proposal={data} />
          <Words proposal={data} />
          <Figures proposal={data} />
          <Moves proposal={data} />
          <Answers proposal={data} />
        </div>
      </div>
    </>
  );
}

function Decide({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, isMine, hindrance } = proposal;
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState("");
  const onSettled = () => {
    for (const key of [
      trpc.proposal.pathKey(),
      trpc.prompt.pathKey(),
      trpc.pipeline.pathKey(),
      trpc.deployment.pathKey(),
    ])
      void queries.invalidateQueries({ queryKey: key });
  };
  const accept = useMutation(
    trpc.proposal.accept.mutationOptions({
      onError,
      onSettled,
      onSuccess: ({ moved, held, draft }) =>
        toast.success(t("isAccepted"), {
          description: [
            moved.length > 0 ? t("movedAlong", { names: moved.join(", ") }) : "",
            held.length > 0 ? t("heldBack", { names: held.map(({ slug }) => slug).join(", ") }) : "",
            draft ? t("inDraft") : "",
          ]
            .filter((part) => part !== "")
            .join(" "),
        }),
    }),
  );
  const decline = useMutation(
    trpc.proposal.decline.mutationOptions({ onError, onSettled, onSuccess: () => setDeclining(false) }),
  );
  const withdraw = useMutation(trpc.proposal.withdraw.mutationOptions({ onError, onSettled }));
  const blocked = hindrance === null ? undefined : t(`hindrance.${hindrance}`);
  return (
    <>
      {isMine ? (
        <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ id })}>
          <Undo2 />
          {t("withdraw")}
        </Button>
      ) : (
        <Button onClick={() => setDeclining(true)} data-testid="decline">
          <X />
          {t("decline")}
        </Button>
      )}
      <Button
        variant="primary"
        disabled={hindrance !== null}
        title={blocked}
        busy={accept.isPending}
        onClick={() => accept.mutate({ id })}
        data-testid="accept"
      >
        <Check />
        {t("accept")}
      </Button>
      {declining ? (
        <FormDialog
          title={t("decline")}
          description={t("declineHelp")}
          action={t("decline")}
          busy={decline.isPending}
          onClose={() => setDeclining(false)}
          onSubmit={() => {
            if (reason.trim() !== "") decline.mutate({ id, reason });
          }}
        >
          <FormField label={t("reason")}>
            {(control) => (
              <Textarea
                {...control}
                required
                rows={3}
                maxLength={2_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </FormField>
        </FormDialog>
      ) : null}
    </>
  );
}

function Said({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const { note, by, createdAt, state, hindrance, reason, decidedBy, decidedAt, pipeline, version, baseVersion } =
    proposal;
  return (
    <section className="flex flex-col gap-1.5">
      {note === "" ? null : <p className="whitespace-pre-wrap break-words text-base">{note}</p>}
      <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
        <span>{by ?? t("nobody")}</span>
        <RelativeTime date={createdAt} />
        {version !== null && baseVersion !== null ? (
          <Link
            href={`/pipelines/${pipeline.id}/versions?from=${baseVersion}&to=${version}`}
            className="text-accent-text hover:underline"
          >
            {t("onCanvas", { from: baseVersion, to: version })}
          </Link>
        ) : null}
      </p>
      {state === "open" && hindrance !== null ? (
        <p className="text-sm text-warn" data-testid="hindrance">
          {t(`hindrance.${hindrance}`)}
        </p>
      ) : null}
      {state === "open" || decidedAt === null ? null : (
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          {t("decidedBy", { state: t(`state.${state}`), by: decidedBy ?? t("nobody") })}
          <RelativeTime date={decidedAt} />
          {reason === "" ? null : <span className="w-full whitespace-pre-wrap text-muted">{reason}</span>}
        </p>
      )}
    </section>
  );
}

function Words({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const locale = useLocale() as Locale;
  return (
    <section aria-label={t("words")} className="flex flex-col gap-3">
      <h2 className="font-medium text-sm">{t("words")}</h2>
      {proposal.changes.map(({ node, field, label, step, title, before, after }) => (
        <div key={`${node}/${field}`} className="flex flex-col gap-1">
          <h3 className="text-muted text-xs">
            {t("fieldOf", { step: label ?? localize(step, locale), field: localize(title, locale) })}
          </h3>
          <ValueDifference before={before} after={after} />
        </div>
      ))}
    </section>
  );
}

function Figures({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const gates = useTranslations("gate");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, gate, state } = proposal;
  const check = useMutation(
    trpc.proposal.check.mutationOptions({
      onError,
      onSettled: () => void queries.invalidateQueries({ queryKey: trpc.proposal.pathKey() }),
    }),
  );
  const found = gate?.check ?? null;
  return (
    <section aria-label={t("figures")} className="flex flex-col gap-2">
      <h2 className="flex items-center gap-2 font-medium text-sm">
        {t("figures")}
        {found === null ? null : (
          <Badge
            tone={({ running: "running", passed: "ok", "not-passed": "error", failure: "warn" } as const)[found.state]}
            data-testid="proposal-gate"
          >
            {gates(`state.${found.state}`)}
          </Badge>
        )}
      </h2>
      {gate === null ? (
        <p className="text-muted text-sm">{t("noGate")}</p>
      ) : found === null || found.state === "failure" ? (
        <p className="flex items-center gap-3 text-muted text-sm">
          {t(found === null ? "unchecked" : "checkFailed")}
          {state === "open" ? (
            <Button size="sm" busy={check.isPending} onClick={() => check.mutate({ id })}>
              <ShieldCheck />
              {gates("check")}
            </Button>
          ) : null}
        </p>
      ) : null}
      {found?.state === "running" && found.job ? <JobProgress job={found.job} title={gates("state.running")} /> : null}
      {found !== null && found.results.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {found.results.map((result) => (
            <ResultRow key={`${result.metric}/${result.asked.kind}`} result={result} />
          ))}
        </ul>
      ) : null}
      {found?.experimentId ? (
        <Link
          href={`/evaluation/experiments/${found.experimentId}`}
          className="self-start text-accent-text text-sm hover:underline"
        >
          {gates("openExperiment")}
        </Link>
      ) : null}
    </section>
  );
}

const followGlyphs = {
  moves: "ok",
  broken: "error",
  "no-check": "warn",
  running: "running",
  "not-passed": "error",
  failure: "error",
} as const;

function Moves({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const prompts = useTranslations("prompts");
  const { prompt, followers, state } = proposal;
  return (
    <section aria-label={t("moves")} className="flex flex-col gap-2">
      <h2 className="font-medium text-sm">{t("moves")}</h2>
      {prompt === null ? (
        <p className="text-muted text-sm">{t("movesDraft")}</p>
      ) : (
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
          <Link href={`/prompts/${prompt.promptId}`} className="text-accent-text hover:underline">
            {prompt.slug}
          </Link>
          {prompt.label === ""
            ? t("movesVersion", { from: prompt.parent, to: prompt.number })
            : t("movesLabel", { label: prompt.label, from: prompt.parent, to: prompt.number })}
          {prompt.isProtected ? <Badge tone="outline">{t("protected")}</Badge> : null}
          {state === "open" && prompt.now !== null && prompt.now !== prompt.parent ? (
            <span className="text-warn">{t("movedAway", { now: prompt.now })}</span>
          ) : null}
        </p>
      )}
      {followers.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {followers.map(({ slug, state: follow, pipelineName }) => (
            <li key={slug} className="flex items-center gap-2 text-sm">
              <StatusGlyph status={followGlyphs[follow]} label={prompts(`follow.${follow}`)} />
              <span className="font-mono text-xs">{slug}</span>
              <span className="truncate text-muted">{pipelineName}</span>
              <span className="text-faint text-xs">{prompts(`follow.${follow}`)}</span>
            </li>
          ))}
        </ul>
      ) : prompt !== null && prompt.label !== "" && state === "open" ? (
        <p className="text-faint text-sm">{prompts("nothingFollows")}</p>
      ) : null}
    </section>
  );
}

function Answers({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("proposals");
  const { cases } = proposal;
  return (
    <section aria-label={t("answers")} className="flex flex-col gap-2">
      <h2 className="font-medium text-sm">{t("answers")}</h2>
      {cases.length === 0 ? (
        <p className="text-muted text-sm">{t("noCases")}</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {cases.map((each, index) => {
            const parts =
              each.before !== null && each.after !== null ? textDifference(each.before.text, each.after.text) : null;
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: cases are told apart by their place alone.
                key={index}
                className="grid grid-cols-3 gap-4 rounded-lg border border-line bg-surface p-3 text-sm"
              >
                <div className="flex min-w-0 flex-col gap-1.5">
                  <p className="break-words">{each.asked}</p>
                  {each.wanted === "" ? null : (
                    <p className="whitespace-pre-wrap break-words text-muted">
                      <span className="text-faint text-xs">{t("wanted")}</span>
                      <br />
                      {each.wanted}
                    </p>
                  )}
                </div>
                {(["before", "after"] as const).map((side) => (
                  <div key={side} className="flex min-w-0 flex-col gap-1">
                    <h3 className="text-muted text-xs">{t(`side.${side}`)}</h3>
                    {each[side] === null ? (
                      <p className="text-faint">{t("untried")}</p>
                    ) : (
                      <>
                        <p className="whitespace-pre-wrap break-words">
                          {side === "after" && parts !== null ? (
                            <MarkedText parts={parts} />
                          ) : each[side].text === "" ? (
                            t("noAnswer")
                          ) : (
                            each[side].text
                          )}
                        </p>
                        <Link
                          href={`/runs/${each[side].runId}`}
                          className="self-start text-accent-text text-xs hover:underline"
                        >
                          {t("openRun")}
                        </Link>
                      </>
                    )}
                  </div>
                ))}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
