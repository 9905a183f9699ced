"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { Select, SelectItem } from "@/components/ui/select";
import { type ExperimentView, type RowFilter, rowFilters } from "../types";
import { useReportLocale } from "../use-report-locale";
import { CaseList } from "./case-list";
import { CaseSheet } from "./case-sheet";
import type { ConfusedLabels } from "./confused-labels";

/** The list takes no empty value; no tag is spelled so. */
const any = "\u0000any";
const pageSize = 100;

interface CasesTabProps {
  readonly experiment: ExperimentView;
  readonly filter: RowFilter;
  /** Only the cases of one label taken for another. */
  readonly labels: ConfusedLabels | null;
  readonly onFilter: (filter: RowFilter) => void;
}

/** Every case with its answers: all of them, or those on which two variants part. */
export function CasesTab({ experiment, filter, labels, onFilter }: CasesTabProps) {
  const t = useTranslations("experiments.cases");
  const locale = useReportLocale();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { id, spec, report, tags } = experiment;
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const others = spec.variants.flatMap((_, index) => (index === baseline ? [] : [index]));
  const [chosen, setChosen] = useState<number | null>(null);
  const confused = labels !== null && labels.variant !== baseline ? labels.variant : null;
  const variant = confused ?? chosen ?? report?.verdict.variant ?? others[0] ?? baseline;
  const [tag, setTag] = useState<string | null>(null);
  const metrics = report?.metrics.filter(({ kind }) => kind === "mean") ?? [];
  const [metric, setMetric] = useState<string | null>(null);
  const shownMetric = metrics.find((each) => each.id === (metric ?? spec.primary)) ?? metrics[0] ?? null;
  const [opened, setOpened] = useState<number | null>(null);
  const input = {
    id,
    filter,
    variant,
    limit: pageSize,
    ...(shownMetric && { metric: shownMetric.id }),
    ...(tag !== null && { tag }),
    ...(labels !== null && { labels }),
  };
  const rows = useInfiniteQuery({
    queryKey: [...trpc.experiment.rows.queryKey(input), "pages", experiment.status === "running"],
    queryFn: ({ pageParam, signal }) => client.experiment.rows.query({ ...input, after: pageParam }, { signal }),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const pages = rows.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const total = pages?.[0]?.total ?? 0;
  const open = opened === null ? null : (items.find(({ row }) => row === opened) ?? null);
  const place = open === null ? -1 : items.indexOf(open);
  const step = (by: number) => {
    const next = items[place + by];
    if (next) setOpened(next.row);
    if (place + by > items.length - 5 && rows.hasNextPage && !rows.isFetchingNextPage) void rows.fetchNextPage();
  };
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-5 py-2">
        <Segmented
          label={t("filter")}
          value={filter}
          onValueChange={onFilter}
          options={rowFilters
            .filter((each) => others.length > 0 || each === "all" || each === "failed")
            .map((each) => ({ value: each, label: t(`filters.${each}`) }))}
        />
        {others.length > 1 && confused === null ? (
          <Select
            aria-label={t("comparedWith")}
            className="w-44"
            value={String(variant)}
            onValueChange={(value) => setChosen(Number(value))}
          >
            {others.map((index) => (
              <SelectItem key={index} value={String(index)}>
                {spec.variants[index]?.label}
              </SelectItem>
            ))}
          </Select>
        ) : null}
        {metrics.length > 1 && shownMetric ? (
          <Select aria-label={t("metric")} className="w-44" value={shownMetric.id} onValueChange={setMetric}>
            {metrics.map(({ id: metricId, title }) => (
              <SelectItem key={metricId} value={metricId}>
                {title[locale]}
              </SelectItem>
            ))}
          </Select>
        ) : null}
        {tags.length > 0 ? (
          <Select
            aria-label={t("tag")}
            className="w-40"
            value={tag ?? any}
            onValueChange={(value) => setTag(value === any ? null : value)}
          >
            <SelectItem value={any}>{t("anyTag")}</SelectItem>
            {tags.map((each) => (
              <SelectItem key={each} value={each}>
                {each}
              </SelectItem>
            ))}
          </Select>
        ) : null}
        {labels ? (
          <Button size="sm" title={t("anyLabels")} className="min-w-0 max-w-96" onClick={() => onFilter(filter)}>
            <span className="truncate">
              {t("labels", {
                variant: spec.variants[labels.variant]?.label ?? "",
                actual: labels.actual,
                predicted: labels.predicted || t("empty"),
              })}
            </span>
            <X aria-label={t("anyLabels")} />
          </Button>
        ) : null}
        <span className="tabular ml-auto text-muted text-sm" aria-live="polite" data-testid="cases-total">
          {rows.isPending ? "" : t("total", { total })}
        </span>
      </div>
      {rows.isError ? (
        <QueryError error={rows.error} onRetry={() => void rows.refetch()} className="flex-1" />
      ) : !rows.isPending && items.length === 0 ? (
        <EmptyState className="flex-1" title={t(`none.${filter}`)} description={t(`noneHelp.${filter}`)} />
      ) : (
        <CaseList
          key={`${filter} ${JSON.stringify(labels)} ${tag} ${variant} ${shownMetric?.id}`}
          experiment={experiment}
          rows={items}
          shown={variant === baseline ? [baseline] : [baseline, variant]}
          metric={shownMetric}
          loading={rows.isPending}
          onOpen={setOpened}
          onEnd={rows.hasNextPage && !rows.isFetchingNextPage ? () => void rows.fetchNextPage() : undefined}
        />
      )}
      <CaseSheet
        experiment={experiment}
        item={open}
        shown={variant === baseline ? [baseline] : [baseline, variant]}
        onClose={() => setOpened(null)}
        onStep={step}
        first={place <= 0}
        last={place >= items.length - 1}
      />
    </>
  );
}
