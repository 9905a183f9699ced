"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";

/** What is wrong with the cases, and what can be done about it at once. */
export function ChecksDialog({ datasetId, onClose }: { readonly datasetId: string; readonly onClose: () => void }) {
  const t = useTranslations("datasets.checks");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const check = useQuery(trpc.dataset.check.queryOptions({ id: datasetId }));
  const remove = useMutation(
    trpc.dataset.removeRows.mutationOptions({
      onError,
      onSuccess: ({ count }) => {
        toast.success(t("removed", { count }));
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent title={t("title")} className="max-w-xl">
        {check.isError ? <QueryError error={check.error} onRetry={() => void check.refetch()} /> : null}
        {check.isPending ? <Skeleton className="h-24" /> : null}
        {check.data?.length === 0 ? (
          <p className="flex items-center gap-2 text-sm">
            <CircleCheck className="size-4 text-ok" />
            {t("fine")}
          </p>
        ) : null}
        <ul className="flex flex-col gap-3">
          {(check.data ?? []).map(({ kind, count, examples, removable }) => (
            <li key={kind} className="flex gap-2 rounded-lg border border-line p-3 text-sm">
              <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" />
              <div className="min-w-0 flex-1">
                <p className="font-medium">{t(`kind.${kind}`, { count })}</p>
                <ul className="mt-1 flex flex-col gap-0.5 text-muted">
                  {examples.map(({ ids, text }) => (
                    <li key={ids.join()} className="truncate" title={text}>
                      {text}
                    </li>
                  ))}
                </ul>
              </div>
              {removable.length > 0 ? (
                <Button
                  size="sm"
                  busy={remove.isPending}
                  onClick={() => remove.mutate({ id: datasetId, rowIds: [...removable] })}
                >
                  {t("remove", { count: removable.length })}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
