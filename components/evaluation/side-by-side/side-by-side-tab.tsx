"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { ExperimentView } from "../types";
import { VariantName } from "../variant-name";
import { ShownRow } from "./shown-row";

const size = 20;
const shownRows = ["all", "exact", "missed", "labelled"] as const;

/** Rows with what was expected and all variants' answers side by side, the exact matches first, then the nearest misses. */
export function SideBySideTab({ experiment }: { readonly experiment: ExperimentView }) {
  const t = useTranslations("experiments.sideBySide");
  const cases = useTranslations("experiments.cases");
  const trpc = useTRPC();
  const scroller = useRef<HTMLElement>(null);
  const { id, spec, report } = experiment;
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const first = report?.verdict.variant ?? spec.variants.findIndex((_, index) => index !== baseline);
  const [chosen, setChosen] = useState<number | null>(null);
  const variant = chosen ?? Math.max(0, first);
  const [repeat, setRepeat] = useState(0);
  const [show, setShow] = useState<(typeof shownRows)[number]>("all");
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const [page, setPage] = useState(0);
  const anew = (change: () => void) => {
    change();
    setPage(0);
  };
  const rows = useQuery(
    trpc.experiment.sideBySide.queryOptions(
      { id, variant, repeat, show, query, page, size },
      { placeholderData: keepPreviousData },
    ),
  );
  const { data } = rows;
  const shown = data?.page ?? page;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top.
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [shown, show, query, variant]);
  const metric = report?.metrics.find((each) => each.id === spec.primary) ?? null;
  const isJudged = Object.keys(experiment.judges).length > 0;
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-5 py-2">
        <SearchField
          label={t("find")}
          value={typed}
          onValueChange={(next) => anew(() => setTyped(next))}
          className="w-64"
        />
        <Segmented
          label={t("show")}
          value={show}
          onValueChange={(next) => anew(() => setShow(next))}
          options={shownRows
            .filter((each) => each !== "labelled" || isJudged)
            .map((each) => ({ value: each, label: t(`shows.${each}`) }))}
        />
        {spec.variants.length > 1 ? (
          <Select
            aria-label={t("orderedBy")}
            className="w-52"
            value={String(variant)}
            onValueChange={(value) => anew(() => setChosen(Number(value)))}
          >
            {spec.variants.map(({ key, label }, index) => (
              <SelectItem key={key} value={String(index)}>
                {t("orderedByVariant", { variant: label })}
              </SelectItem>
            ))}
          </Select>
        ) : null}
        {spec.repeats > 1 ? (
          <Select
            aria-label={cases("repeat")}
            className="w-32"
            value={String(repeat)}
            onValueChange={(value) => anew(() => setRepeat(Number(value)))}
          >
            {Array.from({ length: spec.repeats }, (_, index) => (
              <SelectItem key={String(index)} value={String(index)}>
                {t("repeat", { number: index + 1 })}
              </SelectItem>
            ))}
          </Select>
        ) : null}
        <span className="tabular ml-auto text-muted text-sm" aria-live="polite" data-testid="side-by-side-total">
          {data === undefined
            ? ""
            : data.total === 0
              ? cases("total", { total: 0 })
              : t("range", {
                  from: shown * size + 1,
                  to: shown * size + data.rows.length,
                  total: data.total,
                  exact: data.exact,
                })}
        </span>
        <IconButton label={t("former")} disabled={shown === 0} onClick={() => setPage(shown - 1)}>
          <ChevronLeft />
        </IconButton>
        <IconButton
          label={t("next")}
          disabled={data === undefined || shown >= data.pages - 1}
          onClick={() => setPage(shown + 1)}
        >
          <ChevronRight />
        </IconButton>
      </div>
      {rows.isError ? (
        <QueryError error={rows.error} onRetry={() => void rows.refetch()} className="flex-1" />
      ) : data === undefined ? (
        <div className="flex flex-col gap-4 px-5 py-4" aria-busy="true">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
      ) : data.rows.length === 0 ? (
        <EmptyState className="flex-1" title={t("none")} description={t("noneHelp")} />
      ) : (
        <section
          ref={scroller}
          aria-label={t("title")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by whoever has no mouse.
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--color-ring)]"
          data-testid="side-by-side"
        >
          <table className="w-full table-fixed border-collapse" style={{ minWidth: 460 + 240 * spec.variants.length }}>
            <caption className="sr-only">{t("title")}</caption>
            <colgroup>
              <col style={{ width: 112 }} />
              <col style={{ width: "24%" }} />
              <col style={{ width: "16%" }} />
              {spec.variants.map(({ key }) => (
                <col key={key} />
              ))}
            </colgroup>
            <thead className="sticky top-0 z-20 bg-surface text-faint text-xs shadow-[inset_0_-1px_0_var(--color-line)]">
              <tr className="h-9">
                <th scope="col" className="px-5 text-left font-normal">
                  {cases("number")}
                </th>
                <th scope="col" className="px-3 text-left font-normal">
                  {cases("input")}
                </th>
                <th scope="col" className="px-3 text-left font-normal">
                  {cases("expected")}
                </th>
                {spec.variants.map(({ key }, index) => (
                  <th key={key} scope="col" className="px-3 text-left font-normal last:pr-5">
                    <VariantName variants={spec.variants} variant={index} baseline={baseline} className="max-w-full" />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((item) => (
                <ShownRow key={item.row} item={item} experiment={experiment} metric={metric} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
