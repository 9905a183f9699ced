"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { type Measure, type SearchWay, searchWays } from "../types";

const metrics = ["recallAtK", "mrr", "ndcg"] as const;
const colours: Readonly<Record<SearchWay, string>> = {
  fused: "var(--accent)",
  vector: "var(--category-retrieval)",
  text: "var(--category-speech)",
};

/** Three figures, three ways each: the longest bar of a figure is the best way. */
export function ScoresChart({ ways, topK }: { readonly ways: Measure["ways"]; readonly topK: number }) {
  const t = useTranslations("knowledge.quality");
  const search = useTranslations("knowledge.search");
  return (
    <div className="grid grid-cols-3 gap-4">
      {metrics.map((metric) => {
        const best = Math.max(...searchWays.map((way) => ways[way][metric]));
        return (
          <figure key={metric} className="flex flex-col gap-2.5 rounded-lg border border-line p-4">
            <figcaption>
              <p className="font-medium">{t(`metric.${metric}`, { k: topK })}</p>
              <p className="text-muted text-xs">{t(`metricHelp.${metric}`, { k: topK })}</p>
            </figcaption>
            <dl className="mt-auto grid grid-cols-[auto_1fr_40px] items-center gap-x-3 gap-y-1.5">
              {searchWays.map((way) => {
                const score = ways[way][metric];
                const isBest = score === best && best > 0;
                return (
                  <div key={way} className="contents">
                    <dt className={cn("text-xs", isBest ? "font-medium text-fg" : "text-muted")}>
                      {search(`ways.${way}`)}
                    </dt>
                    <dd aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-active">
                      <div
                        className="h-full rounded-full"
                        style={{ width: `${score * 100}%`, background: colours[way] }}
                      />
                    </dd>
                    <dd className={cn("tabular text-right", isBest ? "font-medium text-fg" : "text-muted")}>
                      {metric === "recallAtK" ? `${Math.round(score * 100)}%` : score.toFixed(2)}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </figure>
        );
      })}
    </div>
  );
}
