"use client";

import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { SearchX, Telescope } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { replaceParameters } from "../replace-parameters";
import { type Base, type SearchHit, type SearchReply, searchWays } from "../types";
import { answerOf } from "./answer-of";
import { CompareWays } from "./compare-ways";
import { HitCard } from "./hit-card";
import { SearchForm } from "./search-form";
import { readSettings, type SearchSettings, writeSettings } from "./search-settings";
import { Timings } from "./timings";

/** Tries a query: what is found by which way, and why in this order. */
export function SearchTab({ base }: { readonly base: Base }) {
  const t = useTranslations("knowledge.search");
  const trpc = useTRPC();
  const input = useRef<HTMLInputElement>(null);
  const settings = readSettings(new URLSearchParams(useSearchParams().toString()));
  const { query, topK, minimumScore, rerank, filter, compare } = settings;
  const asked = compare ? searchWays : ([settings.way] as const);
  const searches = useQueries({
    queries: asked.map((way) =>
      trpc.knowledge.search.queryOptions(
        {
          id: base.id,
          query,
          way,
          topK,
          ...(minimumScore > 0 ? { minimumScore } : {}),
          ...(Object.keys(filter).length > 0 ? { filter } : {}),
          ...(rerank && !compare ? { rerank: "default" } : {}),
        },
        { enabled: query !== "" && base.chunkCount > 0, placeholderData: keepPreviousData, staleTime: 30_000 },
      ),
    ),
  });
  const label = useLabel(base.id);
  usePageKeys({ "/": () => input.current?.focus() });

  const failed = searches.find(({ isError }) => isError);
  const busy = searches.some(({ isFetching }) => isFetching);
  const [first] = searches;
  if (base.chunkCount === 0)
    return (
      <EmptyState icon={<Telescope />} title={t("emptyBase")} description={t("emptyBaseHelp")} className="flex-1" />
    );
  return (
    <>
      <SearchForm
        settings={settings}
        busy={busy}
        input={input}
        onChange={(next: SearchSettings) => replaceParameters((parameters) => writeSettings(next, parameters))}
      />
      {query === "" ? (
        <EmptyState icon={<Telescope />} title={t("start")} description={t("startHelp")} className="flex-1" />
      ) : failed ? (
        <QueryError error={failed.error} onRetry={() => void failed.refetch()} className="flex-1" />
      ) : searches.some(({ isPending }) => isPending) ? (
        <HitsSkeleton />
      ) : compare ? (
        <CompareWays replies={{ fused: searches[0]?.data, vector: searches[1]?.data, text: searches[2]?.data }} />
      ) : first?.data ? (
        <Hits reply={first.data} settings={settings} onLabel={(hit) => label(query, hit)} />
      ) : null}
    </>
  );
}

interface HitsProps {
  readonly reply: SearchReply;
  readonly settings: SearchSettings;
  readonly onLabel: (hit: SearchHit) => void;
}

function Hits({ reply, settings, onLabel }: HitsProps) {
  const t = useTranslations("knowledge.search");
  const { hits, timings } = reply;
  const most = {
    fused: Math.max(0, ...hits.map(({ fusedScore }) => fusedScore)),
    rerank: Math.max(0, ...hits.map(({ rerankScore }) => rerankScore ?? 0)),
  };
  if (hits.length === 0)
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("none")}
        description={t(
          settings.minimumScore > 0 || Object.keys(settings.filter).length > 0 ? "noneFiltered" : "noneHelp",
        )}
        className="flex-1"
      />
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex h-9 items-center justify-between border-line border-b px-5 text-muted">
        <span>{t("found", { count: hits.length })}</span>
        <Timings timings={timings} />
      </div>
      <ol aria-label={t("hits")}>
        {hits.map((hit, index) => (
          <HitCard
            key={hit.source.id}
            hit={hit}
            place={index + 1}
            way={settings.way}
            most={most}
            onLabel={() => onLabel(hit)}
          />
        ))}
      </ol>
    </div>
  );
}

const longestAnswer = 1_000;

/** What of the passage is selected, else its sentence that answers best, becomes the answer that a right passage must hold. */
const useLabel = (baseId: string) => {
  const t = useTranslations("knowledge.search");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.knowledge.questions.queryKey({ id: baseId }) });
  const known = useQuery(trpc.knowledge.questions.queryOptions({ id: baseId }));
  const remove = useMutation(trpc.knowledge.removeQuestion.mutationOptions({ onError, onSettled }));
  const add = useMutation(trpc.knowledge.addQuestion.mutationOptions({ onError, onSettled }));
  return (question: string, { source, matchedWords }: SearchHit) => {
    const selected = window.getSelection()?.toString().trim() ?? "";
    const isLine = selected !== "" && selected.length <= longestAnswer && !selected.includes("\n");
    const answer = isLine && source.text.includes(selected) ? selected : answerOf(source.text, matchedWords);
    if (answer === "") return;
    const isKnown = known.data?.items.some((item) => item.question === question && item.answers.includes(answer));
    if (isKnown) {
      toast(t("labelledBefore"), { description: t("labelledAs", { answer }) });
      return;
    }
    add.mutate(
      { id: baseId, question, answers: [answer] },
      {
        onSuccess: ({ id }) =>
          toast.success(t("labelled"), {
            description: t("labelledAs", { answer }),
            duration: 8_000,
            action: { label: t("undo"), onClick: () => remove.mutate({ id }) },
          }),
      },
    );
  };
};

function HitsSkeleton() {
  return (
    <div className="flex flex-col gap-6 px-5 py-5">
      {[0, 1, 2].map((index) => (
        <div key={index} className="flex flex-col gap-2">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-3/4" />
          <Skeleton className="w-2/3" />
        </div>
      ))}
    </div>
  );
}
