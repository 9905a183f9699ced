"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PageBody } from "@/components/shell/page-body";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Skeleton } from "@/components/ui/skeleton";
import type { ExperimentView } from "../types";
import { JudgePanel } from "./judge-panel";

interface JudgesTabProps {
  readonly experiment: ExperimentView;
  readonly onChanged: () => void;
}

/** How far each judge agrees with people: shown before its scores may count. */
export function JudgesTab({ experiment, onChanged }: JudgesTabProps) {
  const t = useTranslations("experiments.judges");
  const trpc = useTRPC();
  const agreements = useQuery(trpc.experiment.agreements.queryOptions({ id: experiment.id }, { staleTime: 0 }));
  if (agreements.isError)
    return <QueryError error={agreements.error} onRetry={() => void agreements.refetch()} className="flex-1" />;
  return (
    <PageBody>
      <p className="max-w-3xl text-muted">{t("help")}</p>
      {agreements.isPending ? (
        <Skeleton className="h-48" />
      ) : (
        Object.entries(agreements.data).map(([scorerId, judge]) => (
          <JudgePanel key={scorerId} experiment={experiment} scorerId={scorerId} judge={judge} onChanged={onChanged} />
        ))
      )}
    </PageBody>
  );
}
