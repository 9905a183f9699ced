"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { Segmented } from "@/components/ui/segmented";
import type { Report } from "@/runtime/eval/contract/report";

/** Which labels are taken for which, for one variant at a time. Right answers lie on the diagonal. */
export function ConfusionSection({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = report.confusion.find(({ variant }) => variant === chosen) ?? report.confusion[0];
  if (shown === undefined) return null;
  const most = Math.max(1, ...shown.counts.flat());
  const own = report.confusion.filter(({ scorerId }) => scorerId === shown.scorerId);
  return (
    <Section
      title={t("confusion")}
      description={t("confusionHelp")}
      aside={
        own.length > 1 ? (
          <Segmented
            label={t("variant")}
            value={String(shown.variant)}
            onValueChange={(value) => setChosen(Number(value))}
            options={own.map(({ variant }) => ({
              value: String(variant),
              label: report.variants[variant]?.label ?? "",
            }))}
          />
        ) : undefined
      }
    >
      <div className="overflow-x-auto rounded-lg border border-line bg-surface p-4">
        <table className="border-separate border-spacing-0.5 text-xs">
          <caption className="sr-only">{t("confusion")}</caption>
          <thead>
            <tr>
              <td className="pr-2 text-right align-bottom text-faint">{t("confusionCorner")}</td>
              {shown.labels.map((label) => (
                <th key={label} scope="col" className="h-24 w-9 align-bottom font-normal text-muted">
                  <span
                    className="mx-auto block max-h-24 rotate-180 truncate text-left [writing-mode:vertical-rl]"
                    title={label}
                  >
                    {label}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.labels.map((actual, row) => (
              <tr key={actual}>
                <th scope="row" className="max-w-48 truncate pr-2 text-right font-normal text-muted" title={actual}>
                  {actual}
                </th>
                {shown.labels.map((predicted, column) => {
                  const count = shown.counts[row]?.[column] ?? 0;
                  const hue = row === column ? "var(--ok)" : "var(--error)";
                  return (
                    <td
                      key={predicted}
                      title={t("confusionCell", { actual, predicted, count })}
                      className="tabular h-7 w-9 rounded-sm bg-hover text-center text-fg"
                      style={
                        count > 0
                          ? {
                              background: `color-mix(in oklab, ${hue} ${Math.round(8 + 30 * (count / most))}%, var(--surface))`,
                            }
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
      </div>
    </Section>
  );
}
