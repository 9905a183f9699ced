"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { TrainingSet } from "./wizard-types";

/** Sets that were taken in before. */
export function EarlierSets({ onSet }: { readonly onSet: (set: TrainingSet) => void }) {
  const t = useTranslations("registry.wizard");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sets = useQuery(trpc.trainingSet.list.queryOptions({ limit: 100 }));
  if (sets.isPending) return <Skeleton className="h-24 w-full" />;
  if (sets.isError) return <QueryError error={sets.error} onRetry={() => void sets.refetch()} />;
  if (sets.data.items.length === 0) return <p className="text-muted text-sm">{t("noSets")}</p>;
  const choose = async (id: string) => onSet(await queries.fetchQuery(trpc.trainingSet.get.queryOptions({ id })));
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
      {sets.data.items.map(({ id, name, rowCount, labelCount, createdAt }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => void choose(id)}
            className="flex w-full items-center gap-4 px-3 py-2 text-left text-sm hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <span className="tabular text-muted">{t("setRows", { rows: rowCount, labels: labelCount })}</span>
            <span className="w-28 text-muted">
              <RelativeTime date={createdAt} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
