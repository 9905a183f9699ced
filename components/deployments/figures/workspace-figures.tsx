"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RunFilter } from "@/components/runs/run-filter";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Breakdown } from "./breakdown";
import { Errors } from "./errors";
import type { Range } from "./period";
import { PeriodChart } from "./period-chart";
import { RangeChoice } from "./range-choice";
import { StillCounting } from "./still-counting";
import { Sums } from "./sums";
import { usePeriod } from "./use-period";

/** How all deployments did, against the same time before. */
export function WorkspaceFigures() {
  const t = useTranslations("deployments.figures");
  const deployments = useTranslations("deployments");
  const trpc = useTRPC();
  const [range, setRange] = useState<Range>("7");
  const { edges, before } = usePeriod(range);
  const found = useQuery(
    trpc.rollup.workspace.queryOptions(
      { period: { edges: [...edges], before } },
      { refetchInterval: 30_000, placeholderData: keepPreviousData },
    ),
  );
  const figures = found.data;
  const filter: RunFilter = { source: "api", since: edges[0] as string, before: edges.at(-1) as string };
  const isEmpty = figures !== undefined && figures.total.runs + figures.before.runs === 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        parents={[{ title: deployments("title"), href: "/deployments" }]}
        actions={<RangeChoice range={range} onRange={setRange} />}
      />
      {found.isError ? (
        <QueryError error={found.error} onRetry={() => void found.refetch()} className="flex-1" />
      ) : (
        <PageBody className="max-w-6xl">
          {figures === undefined ? (
            <>
              <Skeleton className="h-24 w-full" />
              <Skeleton className="h-72 w-full" />
            </>
          ) : (
            <div className={cn("flex flex-col gap-6", found.isPlaceholderData && "opacity-60")}>
              <StillCounting {...figures} />
              {isEmpty ? (
                <EmptyState
                  icon={<Rocket />}
                  title={t("noCalls")}
                  description={t("noCallsHelp")}
                  actions={
                    <Button asChild>
                      <Link href="/deployments">{t("toDeployments")}</Link>
                    </Button>
                  }
                />
              ) : (
                <>
                  <p className="text-muted text-sm">{t("against")}</p>
                  <Sums total={figures.total} before={figures.before} filter={filter} />
                  <PeriodChart stretches={figures.stretches} edges={edges} range={range} filter={filter} />
                  <Breakdown
                    title={deployments("title")}
                    of={t("deployment")}
                    none={t("noRuns")}
                    rows={figures.deployments.map(({ id, slug, pipeline, figures: own }) => ({
                      key: id,
                      name:
                        slug === null ? (
                          t("goneDeployment")
                        ) : (
                          <Link href={`/deployments/${id}`} className="rounded-sm text-accent-text hover:underline">
                            {slug} <span className="text-faint">{pipeline}</span>
                          </Link>
                        ),
                      figures: own,
                      filter: { ...filter, deploymentId: id },
                    }))}
                  />
                  <Errors errors={figures.errors} filter={filter} />
                </>
              )}
            </div>
          )}
        </PageBody>
      )}
    </>
  );
}
