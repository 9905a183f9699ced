"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { cn } from "@/components/ui/cn";
import { Duration } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import { CallsChart } from "./calls-chart";

type Figures = RouterOutputs["deployment"]["statistics"];
const ranges = ["1", "7", "30"] as const;
type Range = (typeof ranges)[number];

/** How calls went over a day, a week or a month. */
export function Statistics({ id }: { readonly id: string }) {
  const t = useTranslations("deployments.page");
  const trpc = useTRPC();
  const [range, setRange] = useState<Range>("7");
  const days = Number(range) as 1 | 7 | 30;
  // The day of the month in which the clocks change is an hour off, no call is lost.
  const [offsetMinutes] = useState(() => -new Date().getTimezoneOffset());
  const found = useQuery(
    trpc.deployment.statistics.queryOptions(
      { id, days, offsetMinutes },
      { refetchInterval: 30_000, placeholderData: keepPreviousData },
    ),
  );
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={cn("flex flex-col gap-5", found.isPlaceholderData && "opacity-60")} aria-busy={found.isFetching}>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        {found.data ? <Sums figures={found.data} /> : <Skeleton className="h-11 w-96" />}
        <Segmented
          label={t("range")}
          value={range}
          onValueChange={setRange}
          options={ranges.map((value) => ({ value, label: t(`days.${value}`) }))}
        />
      </div>
      {found.data ? (
        <>
          <CallsChart spans={found.data.spans} hourly={days === 1} />
          <div className="grid gap-6 lg:grid-cols-2">
            <Errors figures={found.data} deploymentId={id} />
            <Callers figures={found.data} deploymentId={id} />
          </div>
        </>
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </div>
  );
}

function Sums({ figures: { calls, failures, p50, p95 } }: { readonly figures: Figures }) {
  const t = useTranslations("deployments.page");
  const locale = useLocale();
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3" data-testid="deployment-sums">
      <Sum label={t("calls")}>{formatCount(calls)}</Sum>
      <Sum label={t("failed")} {...(failures > 0 && { className: "text-error" })}>
        {formatCount(failures)}
        {failures > 0 ? (
          <span className="ml-1.5 font-normal text-muted text-sm">{share.format(failures / calls)}</span>
        ) : null}
      </Sum>
      <Sum label={t("p50")} title={t("latencyHelp")}>
        <Duration ms={p50} />
      </Sum>
      <Sum label={t("p95")} title={t("latencyHelp")}>
        <Duration ms={p95} />
      </Sum>
    </dl>
  );
}

interface SumProps {
  readonly label: string;
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

function Sum({ label, title, className, children }: SumProps) {
  return (
    <div title={title}>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className={cn("tabular font-medium text-lg", className)}>{children}</dd>
    </div>
  );
}

interface TableProps {
  readonly figures: Figures;
  readonly deploymentId: string;
}

const headStyle = "text-left text-faint text-xs [&>th]:py-1.5 [&>th]:pr-4 [&>th]:font-normal [&>th:last-child]:pr-0";
const rowStyle = "[&>td]:py-1.5 [&>td]:pr-4 [&>td:last-child]:pr-0";

function Errors({ figures: { errors }, deploymentId }: TableProps) {
  const t = useTranslations("deployments.page");
  const say = useRunErrorText();
  return (
    <section className="flex min-w-0 flex-col gap-2" aria-label={t("errors")}>
      <Title title={t("errors")} href={`/runs?deployment=${deploymentId}&status=failure`} link={t("failedRuns")} />
      {errors.length === 0 ? (
        <p className="text-muted text-sm">{t("noErrors")}</p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className={headStyle}>
              <th scope="col">{t("kind")}</th>
              <th scope="col" className="w-20 text-right">
                {t("count")}
              </th>
              <th scope="col" className="w-28 text-right">
                {t("last")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-line border-t">
            {errors.map(({ code, count, lastAt }) => (
              <tr key={code} className={rowStyle}>
                <td className="truncate" title={`${say(code).title} · ${code}`}>
                  {say(code).title} <code className="ml-1 font-mono text-faint text-xs">{code}</code>
                </td>
                <td className="tabular text-right text-error">{formatCount(count)}</td>
                <td className="text-right text-muted">
                  <RelativeTime date={lastAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Callers({ figures: { callers, keys }, deploymentId }: TableProps) {
  const t = useTranslations("deployments.page");
  const stop = useTranslations("deployments.stop");
  return (
    <section className="flex min-w-0 flex-col gap-2" aria-label={t("callers")}>
      <Title title={t("callers")} href={`/runs?deployment=${deploymentId}`} link={t("allRuns")} />
      {callers.length === 0 ? (
        <p className="text-muted text-sm">{t("noCallers")}</p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className={headStyle}>
              <th scope="col">{t("key")}</th>
              <th scope="col" className="w-20 text-right">
                {t("calls")}
              </th>
              <th scope="col" className="w-20 text-right">
                {t("failed")}
              </th>
              <th scope="col" className="w-28 text-right">
                {t("last")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-line border-t">
            {callers.map(({ name, prefix, calls, failures, lastAt }, index) => (
              <tr key={prefix ?? index} className={rowStyle}>
                <td className="truncate" title={name ?? undefined}>
                  {name ?? stop("goneKey")}
                  {prefix ? <code className="ml-2 font-mono text-faint text-xs">{`${prefix}…`}</code> : null}
                </td>
                <td className="tabular text-right">{formatCount(calls)}</td>
                <td className={cn("tabular text-right", failures > 0 ? "text-error" : "text-faint")}>
                  {formatCount(failures)}
                </td>
                <td className="text-right text-muted">
                  <RelativeTime date={lastAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {keys > callers.length ? (
        <p className="text-faint text-xs">{stop("moreKeys", { count: keys - callers.length })}</p>
      ) : null}
    </section>
  );
}

function Title({ title, href, link }: { readonly title: string; readonly href: string; readonly link: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <h2 className="font-medium text-base text-fg">{title}</h2>
      <Link href={href} className="rounded-sm text-accent-text text-sm hover:underline">
        {link}
      </Link>
    </div>
  );
}
