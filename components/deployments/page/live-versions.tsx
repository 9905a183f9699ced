"use client";

import { useQueries } from "@tanstack/react-query";
import { ChevronRight, Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { GraphChanges } from "@/components/evaluation/gate/graph-changes";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { diffDocuments } from "@/runtime/graph/diff";
import { Closure } from "../environment/closure";
import type { DeploymentPageData } from "./deployment-page";
import { useRollBack } from "./use-roll-back";

type Change = DeploymentPageData["changes"][number];

/** What went live, latest first, each with who did it, what it changed and the way back to it. */
export function LiveVersions({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.page");
  const versions = useTranslations("editor.versions");
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<Change | null>(null);
  const { changes, revisionId, revisionNumber, pipeline, slug } = deployment;
  const { goTo, busy } = useRollBack(deployment);
  return (
    <Section title={t("versions")} description={t("versionsHelp")}>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line" aria-label={t("versions")}>
        {changes.map((change, index) => {
          const open = chosen === change.id;
          // A version may have been live several times: the latest of them is where it is live now.
          const isLive = index === 0 && change.revisionId === revisionId;
          return (
            <li key={change.id} data-testid="live-version">
              <div className="flex min-h-11 items-center gap-3 px-3 py-1.5 text-sm">
                <button
                  type="button"
                  aria-expanded={open}
                  title={t(open ? "hideChanges" : "changes")}
                  onClick={() => setChosen(open ? null : change.id)}
                  className="flex min-w-0 flex-1 items-center gap-3 rounded-sm text-left"
                >
                  <ChevronRight
                    aria-hidden="true"
                    className={cn("size-3.5 shrink-0 text-faint transition-transform", open && "rotate-90")}
                  />
                  <span className="w-24 shrink-0 font-medium">{t("number", { number: change.number })}</span>
                  <span className="w-14 shrink-0">{isLive ? <Badge tone="ok">{t("live")}</Badge> : null}</span>
                  <span className="min-w-0 flex-1 truncate text-muted">
                    {change.origin === null
                      ? t(`reason.${change.reason}`)
                      : t("promotedFrom", { environment: change.origin })}
                    {` · ${change.by ?? t("somebody")}`}
                    {change.note ? ` · ${change.note}` : ""}
                  </span>
                </button>
                <RelativeTime date={change.at} className="w-28 shrink-0 text-right text-faint text-xs" />
                <span className="flex w-32 shrink-0 justify-end">
                  {change.revisionId === revisionId ? null : (
                    <Button size="sm" busy={busy} onClick={() => setAsking(change)}>
                      <Undo2 />
                      {t("rollBack")}
                    </Button>
                  )}
                </span>
              </div>
              {open ? (
                <div className="border-line border-t bg-page px-3 py-3 pl-10">
                  {change.formerRevisionId === null ? (
                    <p className="text-muted text-sm">{t("first")}</p>
                  ) : (
                    <ChangesBetween pipelineId={pipeline.id} from={change.formerRevisionId} to={change.revisionId} />
                  )}
                  {change.gate === null ? null : <GateWord gate={change.gate} />}
                  <Closure deploymentId={deployment.id} revisionId={change.revisionId} />
                  <Link
                    className="mt-2 inline-block rounded-sm text-accent-text text-sm underline underline-offset-2"
                    href={`/pipelines/${pipeline.id}/versions?from=${changes[index + 1]?.number ?? change.number}&to=${index + 1 < changes.length ? change.number : "draft"}`}
                  >
                    {versions("compare.title")}
                  </Link>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      <AlertDialog
        open={asking !== null}
        onOpenChange={(next) => (next ? undefined : setAsking(null))}
        title={t("rollBackTitle", { number: asking?.number ?? 0 })}
        description={t("rollBackDescription", { slug, live: revisionNumber })}
        details={
          asking === null ? null : <ChangesBetween pipelineId={pipeline.id} from={revisionId} to={asking.revisionId} />
        }
        action={t("rollBackAction", { number: asking?.number ?? 0 })}
        busy={busy}
        onAction={() => {
          if (asking !== null) goTo(asking.revisionId, revisionId, true);
        }}
      />
    </Section>
  );
}

/** What the gate said before it went live, with the way to its report. */
function GateWord({ gate }: { readonly gate: NonNullable<Change["gate"]> }) {
  const t = useTranslations("deployments.page");
  const said = t(gate.passed ? "gatePassed" : "gateNotPassed");
  return (
    <p className="mt-2 text-sm">
      {gate.experimentId === null ? (
        said
      ) : (
        <Link
          className="rounded-sm text-accent-text underline underline-offset-2"
          href={`/evaluation/experiments/${gate.experimentId}`}
        >
          {said}
        </Link>
      )}
    </p>
  );
}

interface ChangesBetweenProps {
  readonly pipelineId: string;
  readonly from: string;
  readonly to: string;
}

function ChangesBetween({ pipelineId, from, to }: ChangesBetweenProps) {
  const trpc = useTRPC();
  const [before, after] = useQueries({
    queries: [from, to].map((revisionId) =>
      trpc.pipeline.revision.queryOptions({ id: pipelineId, revisionId }, { staleTime: Number.POSITIVE_INFINITY }),
    ),
  });
  const failed = [before, after].find((each) => each?.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!before?.data || !after?.data) return <Skeleton className="h-10 w-2/3" />;
  return <GraphChanges diff={diffDocuments(before.data.document, after.data.document)} />;
}
