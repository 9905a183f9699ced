"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ConfusionMatrix } from "@/components/confusion/confusion-matrix";
import { Section } from "@/components/shell/section";
import { type ConfusedPair, ConfusedRows } from "./confused-rows";
import { type ConfusionCell, confusionMap } from "./confusion-map";

interface ConfusionProps {
  readonly versionId: string;
  readonly labels: readonly string[];
  readonly cells: readonly ConfusionCell[];
}

/** Which labels are taken for which; the most frequent mistakes stand below it in words. Each opens its rows. */
export function ConfusionHeatMap({ versionId, labels, cells }: ConfusionProps) {
  const t = useTranslations("registry.metrics");
  const map = useMemo(() => confusionMap(cells), [cells]);
  const [opened, setOpened] = useState<ConfusedPair | null>(null);
  const name = (place: number | undefined) => (place === undefined ? "…" : (labels[place] ?? "–"));
  if (map.pairs.length === 0) {
    return (
      <Section title={t("confusion")}>
        <p className="text-muted text-sm">{t("noConfusion")}</p>
      </Section>
    );
  }
  const shown = [...map.labels.map(name), ...(map.folded ? ["…"] : [])];
  const open = (actual: number | undefined, predicted: number | undefined) =>
    setOpened({ actual: name(actual), predicted: name(predicted) });
  return (
    <Section title={t("confusion")} description={t("confusionHelp")}>
      <div className="flex flex-col gap-4">
        <ConfusionMatrix
          labels={shown}
          counts={map.counts}
          folded={new Set(map.folded ? [map.labels.length] : [])}
          onOpen={(actual, predicted) => open(map.labels[actual], map.labels[predicted])}
        />
        <div className="max-w-3xl">
          <h3 className="mb-1 text-faint text-xs">{t("pairs")}</h3>
          <ol className="flex flex-col divide-y divide-line">
            {map.pairs.map(({ actual, predicted, count }) => (
              <li key={`${actual},${predicted}`}>
                <button
                  type="button"
                  className="flex w-full items-baseline gap-3 rounded-sm px-1 py-1.5 text-left text-sm hover:bg-hover"
                  onClick={() => open(actual, predicted)}
                >
                  <span className="min-w-0 flex-1 break-words">
                    {t("pair", { actual: name(actual), predicted: name(predicted) })}
                  </span>
                  <span className="tabular text-muted">{count}</span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      </div>
      {opened ? <ConfusedRows versionId={versionId} pair={opened} onClose={() => setOpened(null)} /> : null}
    </Section>
  );
}
