"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";

export interface StopDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly pipeline: { readonly id: string; readonly name: string };
  /** What would make its address stop answering. */
  readonly by: "delete" | "pause";
  readonly onStop: () => void;
  readonly busy?: boolean;
}

/** Asks before a live address stops answering, and says who called it in the last day. */
export function StopDialog({ open, onOpenChange, pipeline, by, onStop, busy = false }: StopDialogProps) {
  const t = useTranslations("deployments.stop");
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(`${by}.title`, { name: pipeline.name })}
      description={t(`${by}.description`)}
      action={t(`${by}.action`)}
      onAction={onStop}
      busy={busy}
      details={open ? <Callers pipelineId={pipeline.id} /> : null}
    />
  );
}

function Callers({ pipelineId }: { readonly pipelineId: string }) {
  const t = useTranslations("deployments.stop");
  const trpc = useTRPC();
  const tAll = useTranslations("deployments");
  const found = useQuery(trpc.deployment.callers.queryOptions({ pipelineId }, { staleTime: 0 }));
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending)
    return (
      <div className="flex flex-col gap-2" role="status" aria-label={t("looking")}>
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-4 w-1/2" />
      </div>
    );
  const { address, callers, calls, keys } = found.data;
  return (
    <section aria-label={t("callers")} className="rounded-md border border-line text-sm" data-testid="callers">
      <p className="flex min-w-0 items-baseline gap-2 px-3 py-2">
        <code className="min-w-0 flex-1 truncate font-mono text-xs" title={address?.slug}>
          {`/api/v1/pipelines/${address?.slug ?? ""}/runs`}
        </code>
        <span className="tabular shrink-0 text-muted text-xs">{t("calls", { count: calls })}</span>
      </p>
      {callers.length === 0 ? null : (
        <ul className="max-h-44 overflow-y-auto border-line border-t py-1">
          {callers.map(({ name, prefix, source, calls: own, lastAt }, index) => (
            <li key={prefix ?? source ?? index} className="flex items-baseline gap-2 px-3 py-1">
              <span className="min-w-0 flex-1 truncate" title={name ?? undefined}>
                {name ?? (source === null ? t("goneKey") : tAll(`source.${source}`))}
                {prefix ? <code className="ml-2 font-mono text-faint text-xs">{`${prefix}…`}</code> : null}
              </span>
              <span className="tabular shrink-0 text-muted text-xs">{t("calls", { count: own })}</span>
              <RelativeTime date={lastAt} className="shrink-0 text-faint text-xs" />
            </li>
          ))}
          {keys > callers.length ? (
            <li className="px-3 py-1 text-faint text-xs">{t("moreKeys", { count: keys - callers.length })}</li>
          ) : null}
        </ul>
      )}
    </section>
  );
}
