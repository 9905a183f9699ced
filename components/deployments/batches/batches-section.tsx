"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { BatchDialog } from "./batch-dialog";
import { BatchRow } from "./batch-row";

export type Batch = RouterOutputs["batch"]["list"][number];

/** Files and datasets that a deployment answers row by row. */
export function BatchesSection({ deploymentId }: { readonly deploymentId: string }) {
  const t = useTranslations("batches");
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const found = useQuery(
    trpc.batch.list.queryOptions(
      { deploymentId },
      { refetchInterval: ({ state }) => (state.data?.some((batch) => batch.state === "running") ? 2_000 : 30_000) },
    ),
  );
  return (
    <Section
      id="batches"
      title={t("title")}
      description={t("description")}
      aside={<Button onClick={() => setOpen(true)}>{t("add")}</Button>}
    >
      {found.isError ? (
        <QueryError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : found.data.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-lg border border-line" aria-label={t("title")}>
          {found.data.map((batch) => (
            <BatchRow key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      {isOpen ? <BatchDialog deploymentId={deploymentId} onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}
