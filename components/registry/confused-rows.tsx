"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";

export interface ConfusedPair {
  readonly actual: string;
  readonly predicted: string;
}

interface ConfusedRowsProps {
  readonly versionId: string;
  readonly pair: ConfusedPair;
  readonly onClose: () => void;
}

/** The held-out texts of one label that a version took for another, or rightly for it. */
export function ConfusedRows({ versionId, pair, onClose }: ConfusedRowsProps) {
  const t = useTranslations("registry.metrics");
  const trpc = useTRPC();
  const found = useQuery(trpc.tunedModel.confused.queryOptions({ id: versionId, ...pair }));
  return (
    <Sheet open onOpenChange={(open) => (open ? undefined : onClose())}>
      <SheetContent
        title={t("pair", { ...pair })}
        description={
          found.data
            ? t("confusedRows", {
                shown: found.data.texts.length,
                total: found.data.total,
                isCut: String(found.data.texts.length < found.data.total),
              })
            : null
        }
      >
        {found.isError ? (
          <QueryError error={found.error} onRetry={() => void found.refetch()} />
        ) : found.isPending ? (
          <Skeleton className="h-24 w-full" />
        ) : found.data.total === 0 ? (
          <p className="text-muted text-sm">{t("noConfusedRows")}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line" data-testid="confused-rows">
            {found.data.texts.map((text, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a text may stand there twice, and the list never changes.
              <li key={place} className="whitespace-pre-wrap break-words py-2 text-sm">
                {text}
              </li>
            ))}
          </ul>
        )}
      </SheetContent>
    </Sheet>
  );
}
