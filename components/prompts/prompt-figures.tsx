"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Duration, Money, Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBound, formatValue } from "@/runtime/eval/say/format-value";
import { type Locale, localize } from "@/runtime/node/localized";

type Figures = RouterOutputs["promptFigures"]["version"];
type Entry = RouterOutputs["promptFigures"]["log"]["entries"][number];

/** What became of a version where it ran, and what happened to the prompt. */
export function PromptFigures({ id, number }: { readonly id: string; readonly number: number }) {
  const t = useTranslations("prompts.figures");
  const trpc = useTRPC();
  const figures = useQuery(trpc.promptFigures.version.queryOptions({ id, number }));
  const log = useQuery(trpc.promptFigures.log.queryOptions({ id }));
  const failed = [figures, log].find((each) => each.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => void failed.refetch()} />;
  if (figures.data === undefined || log.data === undefined) return <Skeleton className="h-40" />;
  return (
    <div className="flex flex-col gap-6 text-sm">
      <Runs figures={figures.data} number={number} />
      <Scores scores={figures.data.scores} />
      <Disagreements figures={figures.data} />
      <section aria-label={t("log")} className="flex flex-col gap-2">
        <h3 className="font-medium">{t("log")}</h3>
        <ol className="flex flex-col gap-2">
          {log.data.entries.map((entry) => (
            <li key={entry.id} className="flex flex-col">
              <LogLine entry={entry} />
              <span className="flex gap-2 text-faint text-xs">
                {entry.by ?? t("nobody")}
                <RelativeTime date={entry.at} />
              </span>
            </li>
          ))}
        </ol>
        {log.data.more ? <p className="text-faint text-xs">{t("more")}</p> : null}
      </section>
    </div>
  );
}

function Runs({ figures, number }: { readonly figures: Figures; readonly number: number }) {
  const t = useTranslations("prompts.figures");
  const { days, runs, failures, costMicroUsd, unpriced, p50, p95, ratings } = figures;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      t("runs"),
      <span key="runs" className="tabular">
        {t("runsFailed", { runs, failures })}
      </span>,
    ],
    [
      t("cost"),
      runs === unpriced ? (
        <Nothing key="cost" />
      ) : (
        <Money
          key="cost"
          microUsd={unpriced > 0 ? null : costMicroUsd}
          {...(unpriced > 0 && { atLeast: costMicroUsd ?? 0 })}
        />
      ),
    ],
    [t("p50"), <Duration key="p50" ms={p50} />],
    [t("p95"), <Duration key="p95" ms={p95} />],
    [
      t("ratings"),
      ratings === null ? (
        <Nothing key="ratings" />
      ) : (
        <span key="ratings" className="tabular">
          {t("good", {
            good: ratings.good,
            all: ratings.good + ratings.bad,
            low: percent(ratings.low),
            high: percent(ratings.high),
          })}
        </span>
      ),
    ],
  ];
  return (
    <section aria-label={t("of", { number })} className="flex flex-col gap-2">
      <h3 className="font-medium">{t("of", { number })}</h3>
      {runs === 0 ? (
        <p className="text-muted">{t("noRuns", { days })}</p>
      ) : (
        <>
          <p className="text-faint text-xs">{t("help", { days })}</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {rows.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

function Scores({ scores }: Pick<Figures, "scores">) {
  const t = useTranslations("prompts.figures");
  const locale = useLocale() as Locale;
  return (
    <section aria-label={t("scores")} className="flex flex-col gap-2">
      <h3 className="font-medium">{t("scores")}</h3>
      {scores.length === 0 ? <p className="text-muted">{t("noScores")}</p> : null}
      <ul className="flex flex-col gap-2">
        {scores.map(({ experimentId, name, at, metric, rows, estimate }) => (
          <li key={experimentId} className="flex flex-col">
            <span className="flex items-baseline justify-between gap-2">
              <Link
                href={`/evaluation/experiments/${experimentId}`}
                className="truncate text-accent-text hover:underline"
              >
                {name}
              </Link>
              <span className="tabular shrink-0 font-medium">{formatValue(estimate.value, metric, locale)}</span>
            </span>
            <span className="flex flex-wrap gap-x-2 text-faint text-xs">
              {localize(metric.title, locale)}
              {estimate.low === null || estimate.high === null
                ? null
                : t("interval", {
                    low: formatBound(estimate.low, metric, locale),
                    high: formatBound(estimate.high, metric, locale),
                  })}
              <span>{t("rows", { rows })}</span>
              <RelativeTime date={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Disagreements({ figures }: { readonly figures: Figures }) {
  const t = useTranslations("prompts.figures");
  const { disagreements } = figures;
  if (disagreements.length === 0) return null;
  return (
    <section aria-label={t("disagreements")} className="flex flex-col gap-2">
      <h3 className="font-medium">{t("disagreements")}</h3>
      <ul className="flex flex-col gap-2.5">
        {disagreements.map(({ id, question, answer, correction, startedAt }) => (
          <li key={id} className="flex flex-col gap-0.5">
            <span className="flex items-baseline justify-between gap-2">
              <Link href={`/runs/${id}`} className="min-w-0 truncate hover:underline">
                {question === "" ? t("noText") : question}
              </Link>
              <RelativeTime date={startedAt} className="shrink-0 text-faint text-xs" />
            </span>
            <span className="line-clamp-2 text-error text-xs">{answer === "" ? t("noText") : answer}</span>
            {correction === "" ? null : <span className="line-clamp-2 text-ok text-xs">{correction}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function LogLine({ entry: { action, data } }: { readonly entry: Entry }) {
  const t = useTranslations("prompts.figures.action");
  switch (action) {
    case "prompt.create":
      return <span>{t("create")}</span>;
    case "prompt.save-version":
      return <span>{t("saveVersion", { number: text(data.number), parent: text(data.parent) })}</span>;
    case "prompt.set-label":
      return data.number === null ? (
        <span>{t("dropLabel", { label: text(data.label) })}</span>
      ) : data.from === null ? (
        <span>{t("newLabel", { label: text(data.label), number: text(data.number) })}</span>
      ) : (
        <span>{t("moveLabel", { label: text(data.label), from: text(data.from), number: text(data.number) })}</span>
      );
    case "prompt-label.follow":
      return <span>{t("follow", { label: text(data.label), moved: text(data.moved) })}</span>;
    case "prompt-label.check":
      return <span>{t("check", { label: text(data.label), number: text(data.number) })}</span>;
    case "prompt.protect-label":
      return <span>{t(data.protected === true ? "protect" : "unprotect", { label: text(data.label) })}</span>;
    case "prompt.remove-version":
      return <span>{t("removeVersion", { number: text(data.number) })}</span>;
    case "prompt.update":
      return <span>{t("update")}</span>;
    default:
      return <span>{action}</span>;
  }
}
