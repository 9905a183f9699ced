"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { PipelinePicker } from "@/components/pickers/pipeline-picker";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { SearchPicker } from "@/components/ui/search-picker";
import { Select, SelectItem } from "@/components/ui/select";
import { runStatus } from "@/components/ui/status-glyph";
import { type RunStatus, runStatuses } from "@/runtime/run/reduce";
import { FigureFilters } from "./figure-filters";
import { type RunFilter, type RunRatingFilter, type RunSource, runRatings, runSources } from "./run-filter";

/** The list takes no empty value; what is not narrowed is spelled so. */
const any = "any";

interface RunFiltersProps {
  readonly filter: RunFilter;
  readonly onFilter: (filter: RunFilter) => void;
}

/** Narrows the runs down by words, pipeline, deployment, status, source, rating and day. */
export function RunFilters({ filter, onFilter }: RunFiltersProps) {
  const t = useTranslations("runs");
  const ui = useTranslations("ui.status");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { pipelineId, deploymentId } = filter;
  const pipeline = useQuery({
    ...trpc.pipeline.get.queryOptions({ id: pipelineId ?? "" }),
    enabled: pipelineId !== undefined,
  });
  /** Names of the deployments that were picked here; an address holds but an id. */
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  /** The same filter with one part of it set, or left out. */
  const narrow = <Part extends keyof RunFilter>(part: Part, value: RunFilter[Part] | undefined) => {
    const { [part]: _, ...rest } = filter;
    onFilter(value === undefined ? rest : { ...rest, [part]: value });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-5 py-2.5">
      <SettledSearch
        label={t("search")}
        value={filter.query ?? ""}
        onSettled={(query) => narrow("query", query || undefined)}
      />
      <PipelinePicker
        label={t("filterPipeline")}
        className="w-44"
        chosen={
          pipelineId === undefined
            ? null
            : { id: pipelineId, name: pipeline.data?.name ?? (pipeline.isPending ? "…" : t("onePipeline")) }
        }
        none={t("allPipelines")}
        onPick={(item) => narrow("pipelineId", item?.id)}
      />
      <SearchPicker
        label={t("filterDeployment")}
        className="w-40"
        value={deploymentId ?? null}
        shown={deploymentId === undefined ? null : (picked[deploymentId] ?? t("oneDeployment"))}
        none={t("allDeployments")}
        queryKey={trpc.deployment.list.queryKey()}
        search={async (query, signal) =>
          (await client.deployment.list.query({ query, limit: 50 }, { signal })).items.map(
            ({ id, slug, pipeline }) => ({
              id,
              name: slug,
              hint: pipeline.name,
            }),
          )
        }
        onPick={(item) => {
          if (item !== null) setPicked({ [item.id]: item.name });
          narrow("deploymentId", item?.id);
        }}
      />
      <Select
        aria-label={t("filterStatus")}
        className="w-32"
        value={filter.status ?? any}
        onValueChange={(next) => narrow("status", next === any ? undefined : (next as RunStatus))}
      >
        <SelectItem value={any}>{t("allStatuses")}</SelectItem>
        {runStatuses.map((one) => (
          <SelectItem key={one} value={one}>
            {ui(runStatus[one])}
          </SelectItem>
        ))}
      </Select>
      <Select
        aria-label={t("filterSource")}
        className="w-36"
        value={filter.source ?? any}
        onValueChange={(next) => narrow("source", next === any ? undefined : (next as RunSource))}
      >
        <SelectItem value={any}>{t("source.people")}</SelectItem>
        {runSources.map((source) => (
          <SelectItem key={source} value={source}>
            {t(`source.${source}`)}
          </SelectItem>
        ))}
      </Select>
      <Select
        aria-label={t("filterRating")}
        className="w-28"
        value={filter.rating ?? any}
        onValueChange={(next) => narrow("rating", next === any ? undefined : (next as RunRatingFilter))}
      >
        <SelectItem value={any}>{t("rated.any")}</SelectItem>
        {runRatings.map((rating) => (
          <SelectItem key={rating} value={rating}>
            {t(`rated.${rating}`)}
          </SelectItem>
        ))}
      </Select>
      <span className="flex items-center gap-1.5">
        <Input
          type="date"
          aria-label={t("fromDay")}
          className="w-34"
          value={filter.from ?? ""}
          max={filter.until}
          onChange={(event) => narrow("from", event.target.value || undefined)}
        />
        <span className="text-faint">{"–"}</span>
        <Input
          type="date"
          aria-label={t("untilDay")}
          className="w-34"
          value={filter.until ?? ""}
          min={filter.from}
          onChange={(event) => narrow("until", event.target.value || undefined)}
        />
      </span>
      <FigureFilters filter={filter} onFilter={onFilter} />
    </div>
  );
}

/** Long enough that a word is not asked for letter by letter. */
const settleMs = 250;

/** Asks when the typing has paused. */
function SettledSearch({
  label,
  value,
  onSettled,
}: {
  readonly label: string;
  readonly value: string;
  readonly onSettled: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // The address may change under the field, by the browser's back button.
  if (known !== value) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onSettled(typed.trim()), settleMs);
    return () => clearTimeout(timer);
  }, [typed, value, onSettled]);
  return <SearchField label={label} value={typed} onValueChange={setTyped} className="w-64" />;
}
