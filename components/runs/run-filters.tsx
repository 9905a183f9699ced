"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { Select, SelectItem } from "@/components/ui/select";
import { runStatus } from "@/components/ui/status-glyph";
import { type RunStatus, runStatuses } from "@/runtime/run/reduce";
import type { RunFilter } from "./run-filter";

/** The list takes no empty value; no id and no status is spelled so. */
const any = "any";

interface RunFiltersProps {
  readonly filter: RunFilter;
  readonly onFilter: (filter: RunFilter) => void;
}

export function RunFilters({ filter, onFilter }: RunFiltersProps) {
  const t = useTranslations("runs");
  const ui = useTranslations("ui.status");
  const trpc = useTRPC();
  const pipelines = useQuery(trpc.pipeline.list.queryOptions({ limit: 100 }));
  const { pipelineId, status } = filter;
  const known = pipelines.data?.items ?? [];
  return (
    <>
      <Select
        aria-label={t("filterPipeline")}
        className="w-48"
        value={pipelineId ?? any}
        onValueChange={(next) =>
          onFilter({ ...(next === any ? {} : { pipelineId: next }), ...(status ? { status } : {}) })
        }
      >
        <SelectItem value={any}>{t("allPipelines")}</SelectItem>
        {pipelineId && !known.some((pipeline) => pipeline.id === pipelineId) ? (
          <SelectItem value={pipelineId}>{pipelines.isPending ? "…" : t("onePipeline")}</SelectItem>
        ) : null}
        {known.map((pipeline) => (
          <SelectItem key={pipeline.id} value={pipeline.id}>
            {pipeline.name}
          </SelectItem>
        ))}
      </Select>
      <Select
        aria-label={t("filterStatus")}
        className="w-36"
        value={status ?? any}
        onValueChange={(next) =>
          onFilter({ ...(pipelineId ? { pipelineId } : {}), ...(next === any ? {} : { status: next as RunStatus }) })
        }
      >
        <SelectItem value={any}>{t("allStatuses")}</SelectItem>
        {runStatuses.map((one) => (
          <SelectItem key={one} value={one}>
            {ui(runStatus[one])}
          </SelectItem>
        ))}
      </Select>
    </>
  );
}
