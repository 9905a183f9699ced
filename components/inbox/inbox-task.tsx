"use client";

import { useQuery } from "@tanstack/react-query";
import { EyeOff, ListTree, PencilRuler } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ValueView } from "@/components/run/value-view";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { TaskAnswer } from "./task-answer";

export type Task = RouterOutputs["inbox"]["get"];

interface InboxTaskProps {
  readonly id: string;
  readonly onDecided: () => void;
}

/** One question with all that was chosen to be shown, and the answer to it. */
export function InboxTask({ id, onDecided }: InboxTaskProps) {
  const trpc = useTRPC();
  const task = useQuery(trpc.inbox.get.queryOptions({ id }, { staleTime: 0 }));
  if (task.isPending) return <PageSkeleton />;
  if (task.isError) return <QueryError error={task.error} onRetry={() => void task.refetch()} className="flex-1" />;
  return <OpenTask task={task.data} onDecided={onDecided} />;
}

function OpenTask({ task, onDecided }: { readonly task: Task; readonly onDecided: () => void }) {
  const t = useTranslations("inbox");
  const edits = task.kind === "edit" && task.obstacle === null && !task.isMasked;
  return (
    <article
      aria-label={task.title || t(`kind.${task.kind}`)}
      className="flex min-w-0 flex-1 flex-col"
      data-testid="inbox-task"
    >
      <header className="flex shrink-0 items-start gap-3 border-line border-b px-6 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium text-base">{task.title || t(`kind.${task.kind}`)}</h2>
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
            <span>{task.pipeline.name}</span>
            <span className="text-faint">{"·"}</span>
            <span>
              {t("asked")} <RelativeTime date={task.createdAt} />
            </span>
            <span className="text-faint">{"·"}</span>
            <span>
              {t(`askedOf.${task.assignees.emails.length > 0 ? "people" : task.assignees.role}`, {
                people: task.assignees.emails.join(", "),
              })}
            </span>
            {task.state === "open" ? (
              <>
                <span className="text-faint">{"·"}</span>
                <span>
                  {t("due")} <RelativeTime date={task.dueAt} />
                </span>
              </>
            ) : null}
          </p>
        </div>
        <Button asChild variant="ghost">
          <Link href={`/runs/${task.runId}`}>
            <ListTree />
            {t("openRun")}
          </Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={`/pipelines/${task.pipeline.id}`}>
            <PencilRuler />
            {t("openPipeline")}
          </Link>
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4">
        <div className="flex max-w-3xl flex-col gap-5">
          {task.instructions === "" ? null : <p className="whitespace-pre-wrap text-muted">{task.instructions}</p>}
          {task.isMasked ? (
            <p className="flex items-center gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
              <EyeOff className="size-3.5 shrink-0" />
              {t("masked")}
            </p>
          ) : null}
          {task.shown.map(({ name, value }) => (
            <ValueView key={name} name={name} value={value} markdown />
          ))}
          {edits || task.kind === "choose" ? null : <ValueView name={t("value")} value={task.proposal} markdown />}
          {task.decisions.length === 0 ? null : <Decisions decisions={task.decisions} />}
        </div>
        <TaskAnswer task={task} onDecided={onDecided} />
      </div>
    </article>
  );
}

function Decisions({ decisions }: { readonly decisions: Task["decisions"] }) {
  const t = useTranslations("inbox");
  return (
    <section aria-label={t("said")} className="flex flex-col gap-1.5 border-line border-l-2 pl-3 text-sm">
      {decisions.map(({ name, isApproval, isEdit, note, via, at }) => (
        <p key={`${name} ${at.getTime()}`}>
          <span className="font-medium">{name}</span>{" "}
          <span className={isApproval ? "text-ok" : "text-error"}>
            {t(`did.${isApproval ? (isEdit ? "edited" : "approved") : "rejected"}`)}
          </span>{" "}
          <span className="text-faint text-xs">
            <RelativeTime date={at} />
            {via === "inbox" ? "" : ` · ${t(`via.${via as "api" | "link"}`)}`}
          </span>
          {note === "" ? null : <span className="block whitespace-pre-wrap text-muted">{note}</span>}
        </p>
      ))}
    </section>
  );
}
