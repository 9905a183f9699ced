"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RunFilter } from "@/components/runs/run-filter";
import type { RouterOutputs } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { Duration, Money, Nothing } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RunsLink } from "./runs-link";

export type Figures = RouterOutputs["rollup"]["deployment"]["total"];

interface SumsProps {
  readonly total: Figures;
  readonly before: Figures;
  /** The runs that the numbers are of. */
  readonly filter: RunFilter;
}

/** What a period came to, each number against the same time before. */
export function Sums({ total, before, filter }: SumsProps) {
  const t = useTranslations("deployments.figures");
  const share = useShare();
  const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const [failed, failedBefore] = [rate(total.failures, total.runs), rate(before.failures, before.runs)];
  const slow = (p: number | null): RunFilter =>
    p === null || p < 1 ? filter : { ...filter, slowerMs: Math.floor(p * 0.99) };
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4 xl:grid-cols-8" data-testid="figures">
      <Sum label={t("requests")} change={changeOf(total.runs, before.runs)}>
        <RunsLink filter={filter}>{formatCount(total.runs)}</RunsLink>
      </Sum>
      <Sum
        label={t("failed")}
        change={failed === null || failedBefore === null ? null : changeOf(failed, failedBefore)}
        worseUp
        help={t("failedHelp", { count: total.failures })}
      >
        <RunsLink filter={{ ...filter, status: "failure" }} className={cn(total.failures > 0 && "text-error")}>
          {failed === null ? <Nothing /> : share(failed)}
        </RunsLink>
      </Sum>
      {(["p50", "p95", "p99"] as const).map((name) => (
        <Sum
          key={name}
          label={t(`column.${name}`)}
          change={changeOf(total[name], before[name])}
          worseUp
          help={t(total.runs < 20 && name !== "p50" ? "fewHelp" : "latencyHelp", { count: total.runs })}
        >
          <RunsLink filter={slow(total[name])}>
            <Duration ms={total[name]} />
          </RunsLink>
        </Sum>
      ))}
      <Sum
        label={t("firstToken")}
        change={changeOf(total.firstTokenP50, before.firstTokenP50)}
        worseUp
        help={t("firstTokenHelp")}
      >
        <RunsLink filter={filter}>
          <Duration ms={total.firstTokenP50} />
        </RunsLink>
      </Sum>
      <Sum
        label={t("tokens")}
        change={changeOf(total.inputTokens + total.outputTokens, before.inputTokens + before.outputTokens)}
        help={t("tokensHelp", { input: total.inputTokens, output: total.outputTokens, uncounted: total.uncounted })}
      >
        <RunsLink filter={filter}>
          {total.uncounted > 0
            ? t("atLeast", { figure: formatCount(total.inputTokens + total.outputTokens) })
            : formatCount(total.inputTokens + total.outputTokens)}
        </RunsLink>
      </Sum>
      <Sum
        label={t("cost")}
        change={total.uncosted + before.uncosted > 0 ? null : changeOf(total.costMicroUsd, before.costMicroUsd)}
        worseUp
        help={total.uncosted > 0 ? t("uncosted", { count: total.uncosted }) : t("costHelp")}
      >
        <RunsLink filter={filter}>
          <Money microUsd={total.uncosted > 0 ? null : total.costMicroUsd} atLeast={total.costMicroUsd} />
        </RunsLink>
      </Sum>
      <Sum label={t("cached")} help={t("cachedHelp", { cached: total.cachedCalls, calls: total.calls })}>
        <RunsLink filter={filter}>{total.calls === 0 ? <Nothing /> : share(total.cachedCalls / total.calls)}</RunsLink>
      </Sum>
      <Sum label={t("asked")} help={t("askedHelp", { count: total.asked })}>
        <RunsLink filter={{ ...filter, asked: "yes" }}>
          {total.runs === 0 ? <Nothing /> : share(total.asked / total.runs)}
        </RunsLink>
      </Sum>
      <Sum label={t("aborted")} help={t("abortedHelp")}>
        <RunsLink filter={{ ...filter, status: "aborted" }}>{formatCount(total.aborted)}</RunsLink>
      </Sum>
      <Sum label={t("empty")} help={t("emptyHelp")}>
        <RunsLink filter={{ ...filter, status: "empty" }}>{formatCount(total.empty)}</RunsLink>
      </Sum>
    </dl>
  );
}

/** As a share that never says none where there is one: 1 of 499 is 0.2 %, 1 of a million under 0.1 %. */
export const useShare = (): ((share: number) => string) => {
  const locale = useLocale();
  const t = useTranslations("deployments.figures");
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (share) => (share > 0 && share < 0.0005 ? t("under", { share: format.format(0.001) }) : format.format(share));
};

/** How much more or less it is than before, as a share; null where there is nothing to compare. */
const changeOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : now / before - 1;

interface SumProps {
  readonly label: string;
  readonly change?: number | null;
  /** More of it is worse. */
  readonly worseUp?: boolean;
  readonly help?: string;
  readonly children: ReactNode;
}

function Sum({ label, change = null, worseUp = false, help, children }: SumProps) {
  const t = useTranslations("deployments.figures");
  const share = useShare();
  const isSame = change === null || Math.abs(change) < 0.005;
  return (
    <div title={help} className="min-w-0">
      <dt className="truncate text-muted text-xs">{label}</dt>
      <dd className="tabular whitespace-nowrap font-medium text-lg">{children}</dd>
      {change === null ? null : (
        <dd
          className={cn("tabular text-xs", isSame || !worseUp ? "text-faint" : change > 0 ? "text-warn" : "text-ok")}
          title={t("changeHelp")}
        >
          {isSame ? t("same") : t(change > 0 ? "more" : "less", { share: share(Math.abs(change)) })}
        </dd>
      )}
    </div>
  );
}
