"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCost } from "@/components/ui/format";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Batch } from "./batches-section";

const tones = { running: "running", ended: "ok", cancelled: "neutral" } as const;

/** One batch: how far it is, what failed, and its answers as a file. */
export function BatchRow({ batch }: { readonly batch: Batch }) {
  const t = useTranslations("batches");
  const locale = useLocale();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.batch.pathKey() });
  const cancel = useMutation(trpc.batch.cancel.mutationOptions({ onError, onSettled }));
  const retry = useMutation(trpc.batch.retry.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.batch.remove.mutationOptions({ onError, onSettled }));
  const { id, name, state, waiting, rows, counts, spentMicroUsd, createdAt, failed } = batch;
  const answered = counts.success + counts.empty;
  const open = counts.failure + counts.empty + counts.cancelled;
  const done = rows - counts.open - counts.queued;
  const file = (format: string) => `/api/batches/${id}/results?format=${format}`;
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5" data-testid="batch">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={counts.failure > 0 && state === "ended" ? "warn" : tones[state]}>{t(`state.${state}`)}</Badge>
        <span className="min-w-0 truncate font-medium">{name}</span>
        <span className="text-muted text-sm tabular-nums">
          {t("counts", { answered, failed: counts.failure, rows })}
        </span>
        {spentMicroUsd > 0 ? <span className="text-faint text-xs">{formatCost(spentMicroUsd)}</span> : null}
        <RelativeTime date={createdAt} className="text-faint text-xs" />
        <span className="ml-auto flex items-center gap-1">
          {state === "running" ? (
            <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
              {t("cancel")}
            </Button>
          ) : (
            <>
              {open > 0 ? (
                <Button size="sm" busy={retry.isPending} onClick={() => retry.mutate({ id })}>
                  {t("retry", { count: open })}
                </Button>
              ) : null}
              <Button size="sm" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
                {t("remove")}
              </Button>
            </>
          )}
          <a href={file("csv")} download className="rounded-sm px-1.5 text-accent-text text-sm hover:underline">
            {t("csv")}
          </a>
          <a href={file("jsonl")} download className="rounded-sm px-1.5 text-accent-text text-sm hover:underline">
            {t("jsonl")}
          </a>
        </span>
      </div>
      {state === "running" ? <ProgressBar value={done} most={rows} label={name} /> : null}
      {waiting === null ? null : <p className="text-sm text-warn">{t("waiting", { why: waiting })}</p>}
      {failed.length === 0 ? null : (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted">{t("failedRows", { count: counts.failure })}</summary>
          <ul className="mt-1 flex flex-col gap-0.5" lang={locale}>
            {failed.map((each) => (
              <li key={each.row} className="min-w-0 truncate" title={each.message}>
                <span className="text-muted tabular-nums">{each.customId ?? t("row", { row: each.row + 1 })}</span>{" "}
                {each.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
