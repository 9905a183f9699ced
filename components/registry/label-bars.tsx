"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { percent } from "./estimate";

interface LabelScore {
  readonly label: string;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

const shown = 12;

/** Precision, recall and F1 of each label, the weakest first. */
export function LabelBars({ labels }: { readonly labels: readonly LabelScore[] }) {
  const t = useTranslations("registry.metrics");
  const [all, setAll] = useState(false);
  const ranked = labels.filter(({ support }) => support > 0).toSorted((left, right) => left.f1 - right.f1);
  return (
    <Section title={t("perLabel")} description={t("perLabelHelp")}>
      <table className="w-full max-w-3xl text-sm">
        <thead>
          <tr className="h-8 text-left text-faint text-xs">
            <th className="font-normal">{t("label")}</th>
            <th className="w-32 font-normal">{t("precision")}</th>
            <th className="w-32 font-normal">{t("recall")}</th>
            <th className="w-32 font-normal">{t("f1")}</th>
            <th className="w-14 text-right font-normal">{t("support")}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? ranked : ranked.slice(0, shown)).map(({ label, support, ...scores }) => (
            <tr key={label} className="h-7 border-line border-t">
              <td className="max-w-60 truncate pr-3" title={label}>
                {label}
              </td>
              {(["precision", "recall", "f1"] as const).map((score) => (
                <td key={score} className="pr-4">
                  <Bar share={scores[score]} />
                </td>
              ))}
              <td className="tabular text-right text-muted">{support}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {ranked.length > shown ? (
        <Button size="sm" variant="ghost" className="self-start" onClick={() => setAll(!all)}>
          {all ? t("showLess") : t("showAll", { count: ranked.length })}
        </Button>
      ) : null}
    </Section>
  );
}

const Bar = ({ share }: { readonly share: number }) => (
  <span className="flex items-center gap-2">
    <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-active">
      <span className="block h-full rounded-full bg-accent" style={{ width: `${100 * share}%` }} />
    </span>
    <span className="tabular w-9 text-right text-muted text-xs">{percent(share)}</span>
  </span>
);
