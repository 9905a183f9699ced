"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RunFilter } from "@/components/runs/run-filter";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Breakdown } from "./breakdown";
import { Errors } from "./errors";
import { LatencyBudget } from "./latency-budget";
import type { Range } from "./period";
import { PeriodChart } from "./period-chart";
import { RangeChoice } from "./range-choice";
import { Steps } from "./steps";
import { StillCounting } from "./still-counting";
import { Sums } from "./sums";
import { usePeriod } from "./use-period";

/** How calls of a deployment went, by version, key and step, against the same time before. */
export function DeploymentFigures({ id }: { readonly id: string }) {
  const t = useTranslations("deployments.figures");
  const tAll = useTranslations("deployments");
  const trpc = useTRPC();
  const [range, setRange] = useState<Range>("7");
  const { edges, before } = usePeriod(range);
  const found = useQuery(
    trpc.rollup.deployment.queryOptions(
      { id, period: { edges: [...edges], before } },
      { refetchInterval: 30_000, placeholderData: keepPreviousData },
    ),
  );
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  const figures = found.data;
  const [since, until] = [edges[0] as string, edges.at(-1) as string];
  const filter: RunFilter = { deploymentId: id, since, before: until };
  return (
    <div className={cn("flex flex-col gap-6", found.isPlaceholderData && "opacity-60")} aria-busy={found.isFetching}>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <p className="text-muted text-sm">{t("against")}</p>
        <RangeChoice range={range} onRange={setRange} />
      </div>
      {figures === undefined ? (
        <>
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-72 w-full" />
        </>
      ) : (
        <>
          <StillCounting {...figures} />
          <Sums total={figures.total} before={figures.before} filter={filter} />
          <PeriodChart
            stretches={figures.stretches}
            edges={edges}
            range={range}
            latencyBudgetMs={figures.latencyBudgetMs}
            filter={filter}
          />
          <LatencyBudget id={id} figures={figures} filter={filter} />
          <Steps figures={figures} filter={filter} />
          <div className="grid gap-6 lg:grid-cols-2">
            <Errors errors={figures.errors} filter={filter} />
            <Breakdown
              title={t("versions")}
              of={t("version")}
              none={t("noRuns")}
              rows={figures.versions.map((version) => ({
                key: version.id ?? "*",
                name:
                  version.number === null
                    ? t(version.id === null ? "others" : "goneVersion")
                    : t("number", { number: version.number }),
                figures: version,
                filter: version.number === null ? filter : { ...filter, version: String(version.number) },
              }))}
            />
          </div>
          <Breakdown
            title={t("callers")}
            of={t("key")}
            none={t("noRuns")}
            rows={figures.keys.map((key) => ({
              key: key.id ?? "*",
              name: (
                <>
                  {key.name ?? (key.source === null ? t(`caller.${keyKind(key.id)}`) : tAll(`source.${key.source}`))}
                  {key.prefix ? <code className="ml-2 font-mono text-faint text-xs">{`${key.prefix}…`}</code> : null}
                </>
              ),
              figures: key,
              filter: key.id ? { ...filter, apiKeyId: key.id } : filter,
            }))}
          />
        </>
      )}
    </div>
  );
}

/** What called where it is neither a key that is known nor a source of the app's own. */
const keyKind = (id: string | null) => (id === null ? "others" : id === "" ? "noKey" : "goneKey");
