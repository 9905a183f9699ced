"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Section } from "@/components/shell/section";
import { type ConfusionCell, confusionMap } from "./confusion-map";

interface ConfusionProps {
  readonly labels: readonly string[];
  readonly cells: readonly ConfusionCell[];
}

/** Which labels are taken for which: the darker, the oftener. The most frequent mistakes stand beside it in words. */
export function ConfusionHeatMap({ labels, cells }: ConfusionProps) {
  const t = useTranslations("registry.metrics");
  const map = useMemo(() => confusionMap(cells), [cells]);
  const name = (place: number) => labels[place] ?? "–";
  if (map.pairs.length === 0) {
    return (
      <Section title={t("confusion")}>
        <p className="text-muted text-sm">{t("noConfusion")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("confusion")} description={t("confusionHelp")}>
      <div className="flex flex-wrap items-start gap-8">
        <table className="border-separate border-spacing-px text-xs">
          <thead>
            <tr>
              <td />
              {map.labels.map((place) => (
                <th key={place} scope="col" className="h-28 w-6 align-bottom font-normal text-muted">
                  <span
                    className="block max-h-28 w-6 rotate-180 truncate pr-1 text-left [writing-mode:vertical-rl]"
                    title={name(place)}
                  >
                    {name(place)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {map.labels.map((actual) => (
              <tr key={actual}>
                <th
                  scope="row"
                  className="max-w-44 truncate pr-2 text-right font-normal text-muted"
                  title={name(actual)}
                >
                  {name(actual)}
                </th>
                {map.labels.map((predicted) => {
                  const count = map.counts.get(`${actual},${predicted}`) ?? 0;
                  const share = count / map.most;
                  return (
                    <td
                      key={predicted}
                      title={
                        count > 0 ? t("cell", { actual: name(actual), predicted: name(predicted), count }) : undefined
                      }
                      className="tabular size-6 rounded-[3px] bg-hover text-center"
                      style={
                        count > 0
                          ? {
                              background: `color-mix(in oklab, var(--accent) ${Math.round(18 + 82 * share)}%, var(--surface))`,
                              color: share > 0.45 ? "var(--accent-fg)" : "var(--fg)",
                            }
                          : actual === predicted
                            ? { background: "transparent" }
                            : undefined
                      }
                    >
                      {count > 0 ? count : ""}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <div className="min-w-60 flex-1">
          <h3 className="mb-1 text-faint text-xs">{t("pairs")}</h3>
          <ol className="flex flex-col divide-y divide-line">
            {map.pairs.map(({ actual, predicted, count }) => (
              <li key={`${actual},${predicted}`} className="flex items-baseline gap-3 py-1.5 text-sm">
                <span className="min-w-0 flex-1 break-words">
                  {t("pair", { actual: name(actual), predicted: name(predicted) })}
                </span>
                <span className="tabular text-muted">{count}</span>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </Section>
  );
}
