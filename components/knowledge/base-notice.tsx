"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useJobFailure } from "@/components/job/use-job-failure";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import type { Base } from "./types";

export interface BaseNoticeProps {
  readonly base: Base;
  readonly onChanged: () => void;
}

/** Tells that the index is behind the base's settings, or that documents wait and nothing works on them; with the button that mends it. */
export function BaseNotice({ base, onChanged }: BaseNoticeProps) {
  const t = useTranslations("knowledge.notice");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const sayFailure = useJobFailure();
  const reindex = useMutation(trpc.knowledge.reindex.mutationOptions({ onError, onSettled: onChanged }));
  const idle = base.waitingCount > 0;
  const jobs = useQuery(
    trpc.job.list.queryOptions({ subject: `knowledge-base:${base.id}`, limit: 1 }, { enabled: idle, staleTime: 0 }),
  );
  const [last] = jobs.data?.items ?? [];
  const reason = idle && last?.status === "failure" ? sayFailure(last) : null;
  if (!base.stale && !idle) return null;
  return (
    <div
      role="status"
      className="flex min-h-9 shrink-0 items-center gap-2.5 border-line border-b bg-warn-soft px-5 py-1.5 text-sm"
    >
      <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warn" />
      <span className="min-w-0 flex-1 text-fg">
        {base.stale ? t("stale") : t("idle", { count: base.waitingCount })}
        {reason ? <span className="text-muted">{` ${t("because", { reason })}`}</span> : null}
      </span>
      <Button size="sm" busy={reindex.isPending} onClick={() => reindex.mutate({ id: base.id })}>
        <RotateCw />
        {t(base.stale ? "reindex" : "goOn")}
      </Button>
    </div>
  );
}
