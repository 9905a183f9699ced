"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { ProgressBar } from "@/components/ui/progress-bar";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { BaseItem } from "./types";

const liveInterval = 1_000;

/** What is most worth knowing of a base: that it is being indexed, that it is behind its settings, or what failed. */
export function BaseState({ base }: { readonly base: BaseItem }) {
  const t = useTranslations("knowledge.state");
  if (base.jobId !== null) return <Indexing jobId={base.jobId} waiting={base.waitingCount} />;
  if (base.documentCount === 0) return <StatusGlyph status="skipped" word label={t("empty")} />;
  const failed =
    base.failedCount > 0 ? <StatusGlyph status="error" word label={t("failed", { count: base.failedCount })} /> : null;
  if (base.stale)
    return (
      <span className="flex min-w-0 items-center gap-2.5">
        <StatusGlyph status="warn" word label={t("stale")} />
        {failed}
      </span>
    );
  if (failed) return failed;
  if (base.waitingCount > 0)
    return <StatusGlyph status="waiting" word label={t("waiting", { count: base.waitingCount })} />;
  return <StatusGlyph status="ok" word label={t("ready")} />;
}

/** Many bases may be under way at once, and a browser keeps few connections open: the list asks instead of listening. */
function Indexing({ jobId, waiting }: { readonly jobId: string; readonly waiting: number }) {
  const t = useTranslations("knowledge.state");
  const trpc = useTRPC();
  const job = useQuery(trpc.job.get.queryOptions({ id: jobId }, { refetchInterval: liveInterval }));
  const label = waiting > 0 ? t("indexingMany", { count: waiting }) : t("indexing");
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2.5">
      <StatusGlyph status="running" word label={label} />
      <ProgressBar
        label={label}
        value={job.data?.done ?? null}
        most={job.data?.total ?? null}
        className="min-w-10 flex-1"
      />
    </span>
  );
}
