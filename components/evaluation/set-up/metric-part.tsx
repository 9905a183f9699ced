"use client";

import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { useReportLocale } from "../use-report-locale";
import { CountInput } from "./count-input";
import { metricChoices, primaryOf } from "./set-up-form";
import { type PartProps, problemAt } from "./set-up-types";

/** What the verdict is about, and how much worse would still be good enough. */
export function MetricPart({ form, change, problems }: PartProps) {
  const t = useTranslations("experiments.setUp");
  const locale = useReportLocale();
  const choices = metricChoices(form.scorers);
  const primary = primaryOf(form);
  const chosen = choices.find(({ id }) => id === primary);
  if (chosen === undefined) return null;
  const share = chosen.metric.scale !== "number";
  // Shares are typed in points.
  const unit = share ? 0.01 : 1;
  return (
    <Section title={t("question")} description={t("questionHelp")}>
      <div className="grid gap-3 sm:grid-cols-2">
        <FormField label={t("primary")} error={problemAt(problems, "primary")}>
          {(control) => (
            <Select
              {...control}
              value={primary ?? ""}
              onValueChange={(next) => change({ primary: next, margin: null })}
            >
              {choices.map(({ id, metric, scorer }) => (
                <SelectItem key={id} value={id} hint={scorer.title[locale]}>
                  {metric.title[locale]}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
        <FormField
          label={t(share ? "marginPoints" : "margin")}
          help={t("marginHelp")}
          error={problemAt(problems, "margin")}
        >
          {(control) => (
            <CountInput
              {...control}
              value={form.margin === null ? null : Number((form.margin / unit).toPrecision(12))}
              least={0.000001}
              most={share ? 100 : 1e12}
              placeholder={t("noMargin")}
              onChange={(margin) => change({ margin: margin === null ? null : margin * unit })}
            />
          )}
        </FormField>
      </div>
    </Section>
  );
}
