"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { PipelinePicker } from "@/components/pickers/pipeline-picker";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import type { InboxPlace } from "./inbox-place";

const settleMs = 250;

interface InboxFiltersProps {
  readonly place: InboxPlace;
  readonly onPlace: (place: Partial<InboxPlace>) => void;
}

/** Open or history, everybody's or mine, of one pipeline or run, by words. */
export function InboxFilters({ place, onPlace }: InboxFiltersProps) {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const { pipelineId, runId } = place;
  const pipeline = useQuery({
    ...trpc.pipeline.get.queryOptions({ id: pipelineId ?? "" }),
    enabled: pipelineId !== undefined,
  });
  const [words, setWords] = useState(place.query ?? "");
  useEffect(() => {
    if (words === (place.query ?? "")) return;
    const timer = setTimeout(() => onPlace({ query: words === "" ? undefined : words, task: null } as never), settleMs);
    return () => clearTimeout(timer);
  }, [words, place.query, onPlace]);
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-5 py-2.5">
      <Segmented
        label={t("state")}
        value={place.state}
        onValueChange={(state) => onPlace({ state, task: null })}
        options={[
          { value: "open", label: t("open") },
          { value: "closed", label: t("history") },
        ]}
      />
      <Segmented
        label={t("whose")}
        value={place.mine ? "mine" : "all"}
        onValueChange={(whose) => onPlace({ mine: whose === "mine", task: null })}
        options={[
          { value: "all", label: t("everybodys") },
          { value: "mine", label: t("mine") },
        ]}
      />
      <SearchField label={t("search")} value={words} onValueChange={setWords} className="w-52" />
      <PipelinePicker
        label={t("filterPipeline")}
        className="w-44"
        chosen={pipelineId === undefined ? null : { id: pipelineId, name: pipeline.data?.name ?? "…" }}
        none={t("allPipelines")}
        onPick={(item) => onPlace({ pipelineId: item?.id, task: null } as never)}
      />
      {runId === undefined ? null : (
        <Button variant="ghost" onClick={() => onPlace({ runId: undefined, task: null } as never)}>
          {t("ofOneRun")}
          <X />
        </Button>
      )}
    </div>
  );
}
