import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useSession } from "../session";
import { forecastRun, type Range } from "./forecast";

/** Runs that are learnt from: the latest. */
const most = 20;

/** What the next run will take, by the latest ones; nothing before there are some. */
export function RunForecastLine() {
  const t = useTranslations("run.forecast");
  const format = useFormatter();
  const trpc = useTRPC();
  const { pipelineId } = useSession();
  const past = useQuery(
    trpc.run.list.queryOptions({ pipelineId, limit: most, status: "success" }, { staleTime: 10_000 }),
  );
  const forecast = past.data ? forecastRun(past.data.items) : null;
  if (forecast === null) return null;
  const between = ({ low, high }: Range, write: (value: number) => string): string => {
    const [from, to] = [write(low), write(high)];
    return from === to ? from : `${from}–${to}`;
  };
  const seconds = between(forecast.milliseconds, (value) =>
    format.number(value / 1000, { maximumSignificantDigits: value < 10_000 ? 2 : 3 }),
  );
  const tokens =
    forecast.tokens === null || forecast.tokens.high === 0
      ? null
      : t("tokens", { range: between(forecast.tokens, (value) => format.number(Math.round(value))) });
  const money =
    forecast.costMicroUsd === null || forecast.costMicroUsd.high === 0
      ? null
      : between(forecast.costMicroUsd, (value) =>
          format.number(value / 1_000_000, { style: "currency", currency: "USD", maximumSignificantDigits: 2 }),
        );
  return (
    <p className="mt-2 text-faint text-xs" title={t("help", { count: forecast.runs })} data-testid="run-forecast">
      {[t("seconds", { range: seconds }), tokens, money].filter((part) => part !== null).join(" · ")}
    </p>
  );
}
