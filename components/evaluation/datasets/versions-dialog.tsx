"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";

type Dataset = Pick<RouterOutputs["dataset"]["get"], "id" | "versions">;

/** The versions of a dataset, how the rows differ from one, and the way back to it. */
export function VersionsDialog({ dataset, onClose }: { readonly dataset: Dataset; readonly onClose: () => void }) {
  const t = useTranslations("datasets.versions");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [chosen, setChosen] = useState<string | null>(null);
  const diff = useQuery(
    trpc.dataset.diffVersion.queryOptions({ id: dataset.id, versionId: chosen ?? "" }, { enabled: chosen !== null }),
  );
  const restore = useMutation(
    trpc.dataset.restoreVersion.mutationOptions({
      onError,
      onSuccess: ({ number }) => {
        toast.success(t("restored", { number }));
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
        onClose();
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
        {dataset.versions.length === 0 ? <p className="text-muted text-sm">{t("none")}</p> : null}
        <ul className="flex flex-col">
          {dataset.versions.map(({ id, number, contentHash, rowCount, createdAt, current }) => (
            <li key={id} className={cn("rounded-md", chosen === id && "bg-hover")}>
              <button
                type="button"
                aria-expanded={chosen === id}
                className="flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover"
                onClick={() => setChosen(chosen === id ? null : id)}
              >
                <span className="font-medium">{t("item", { number })}</span>
                {current ? <Badge tone="ok">{t("now")}</Badge> : null}
                <span className="tabular text-muted">{t("rows", { count: rowCount })}</span>
                <code className="font-mono text-faint text-xs">{contentHash.slice(0, 12)}</code>
                <RelativeTime date={createdAt} className="ml-auto text-muted" />
              </button>
              {chosen === id && !current ? (
                <div className="flex items-center gap-3 px-2 pb-2 text-sm">
                  <span className="flex-1 text-muted">{diff.data ? t("diff", diff.data) : ""}</span>
                  <Button
                    size="sm"
                    busy={restore.isPending}
                    onClick={() => restore.mutate({ id: dataset.id, versionId: id })}
                  >
                    {t("restore")}
                  </Button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
