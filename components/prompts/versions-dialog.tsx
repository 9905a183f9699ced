"use client";

import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ContentDifference } from "./content-difference";

interface VersionsDialogProps {
  readonly id: string;
  readonly before: number;
  readonly after: number;
  readonly onClose: () => void;
}

/** Two versions of a prompt, word by word. */
export function VersionsDialog({ id, before, after, onClose }: VersionsDialogProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const [from, to] = useQueries({
    queries: [before, after].map((number) => trpc.prompt.version.queryOptions({ id, number })),
  });
  const failed = [from, to].find((each) => each?.isError);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("compareTitle", { before, after })}
        description={t("compareHelp", { before, after })}
        className="max-w-3xl"
      >
        {failed?.error ? (
          <QueryError error={failed.error} onRetry={() => void failed.refetch()} />
        ) : from?.data && to?.data ? (
          <ContentDifference before={from.data.content} after={to.data.content} />
        ) : (
          <Skeleton className="h-40" />
        )}
      </DialogContent>
    </Dialog>
  );
}
