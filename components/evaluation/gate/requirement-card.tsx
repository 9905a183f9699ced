import { SlidersHorizontal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { findScorer, scorers } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { SentenceHint } from "../choice/sentence-hint";
import type { FoundSentences } from "../choice/use-sentences";
import { ScorerDetail, settableOf } from "../set-up/scorer-detail";
import type { ScorerForm } from "../set-up/set-up-form";
import { useReportLocale } from "../use-report-locale";
import { isShare, metricOf, newScorer, type RequirementForm } from "./requirement-form";

/** People and judges cannot answer while a version waits to go live. */
const offered = scorers.filter(({ asksPerson, judge }) => asksPerson !== true && !judge);
/** From here on more rows are not asked for. */
const enoughPower = 0.795;
const bounds = ["margin", "floor", "ceiling"] as const;

interface RequirementCardProps {
  readonly form: RequirementForm;
  /** From one on. */
  readonly number: number;
  readonly outputs: readonly string[];
  readonly expected: readonly string[];
  /** How a scorer of this type is set up in another requirement: whoever adds one mostly means the same. */
  readonly settingsOf: (type: string) => ScorerForm | undefined;
  readonly onChange: (changes: Partial<RequirementForm>) => void;
  readonly sentences: FoundSentences | undefined;
  /** What the dataset can show of it; undefined while that is not known. */
  readonly forecast: RouterOutputs["gate"]["forecast"]["requirements"][number] | undefined;
  /** null: it is the only one. */
  readonly onRemove: (() => void) | null;
}

/** What one metric must show, and how its scorer is set. */
export function RequirementCard(props: RequirementCardProps) {
  const { form, number, outputs, expected, settingsOf, sentences, forecast, onChange, onRemove } = props;
  const t = useTranslations("gate.dialog");
  const locale = useReportLocale();
  const { scorer } = form;
  const definition = findScorer(scorer.type);
  const asked = definition && { scorer: { ...scorer, id: `gate-${number}` }, definition, outputs, expected };
  const settable = asked && settableOf(asked);
  const [opened, setOpened] = useState<boolean | null>(null);
  // What has to be said is asked for at once; the rest waits behind the button.
  const lacking =
    settable !== undefined &&
    (settable.issues.length > 0 ||
      (settable.choosesOutput && scorer.output === null) ||
      (settable.choosesExpected && scorer.expected === null));
  // Said, it does not close under the pointer.
  const [asking, setAsking] = useState(lacking);
  if (lacking && !asking) setAsking(true);
  const open = settable?.anything === true && (lacking || (opened ?? asking));
  const unit = isShare(metricOf(form)) ? "percent" : null;
  const firstMetric = (type: string) => {
    const next = findScorer(type);
    return (next && metricsOf(next)[0]?.key) ?? "";
  };
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <div className="flex gap-2">
        <Select
          aria-label={t("scorer", { number })}
          className="flex-1"
          value={scorer.type}
          onValueChange={(type) => onChange({ scorer: settingsOf(type) ?? newScorer(type), metric: firstMetric(type) })}
        >
          {offered.map(({ type, title }) => (
            <SelectItem key={type} value={type}>
              {title[locale]}
            </SelectItem>
          ))}
        </Select>
        <Select
          aria-label={t("metric", { number })}
          className="flex-1"
          value={form.metric}
          onValueChange={(metric) => onChange({ metric })}
        >
          {(definition ? metricsOf(definition) : []).map(({ key, title }) => (
            <SelectItem key={key} value={key}>
              {title[locale]}
            </SelectItem>
          ))}
        </Select>
        <IconButton
          label={t("settings", { number })}
          aria-expanded={open}
          disabled={settable?.anything !== true}
          onClick={() => setOpened(!open)}
        >
          <SlidersHorizontal />
        </IconButton>
        <IconButton label={t("remove", { number })} disabled={onRemove === null} onClick={() => onRemove?.()}>
          <X />
        </IconButton>
      </div>
      {sentences ? (
        <SentenceHint
          {...sentences}
          onChange={(type) =>
            onChange({
              scorer: { ...newScorer(type), output: scorer.output, expected: scorer.expected },
              metric: firstMetric(type),
            })
          }
        />
      ) : null}
      {asked && settable && open ? (
        <div className="flex flex-col gap-3 rounded-md bg-page p-3">
          <ScorerDetail
            {...asked}
            settable={settable}
            onChange={(changes) => onChange({ scorer: { ...scorer, ...changes } })}
          />
        </div>
      ) : null}
      <div className="grid grid-cols-[1.5fr_1fr_1fr] items-end gap-3">
        {bounds.map((bound) => (
          <FormField
            key={bound}
            label={t(`bound.${bound}`)}
            aside={unit === null ? undefined : t(bound === "margin" ? "points" : "percent")}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                maxLength={12}
                value={form[bound]}
                onChange={(event) => onChange({ [bound]: event.target.value })}
              />
            )}
          </FormField>
        ))}
      </div>
      {forecast && forecast.power !== null ? (
        <p className="text-pretty text-muted text-xs" data-testid="gate-power">
          {t("forecast.power", { power: Math.round(100 * forecast.power) })}
          {forecast.rows !== null && forecast.power < enoughPower
            ? ` ${t("forecast.needs", { rows: forecast.rows })}`
            : ""}
          {forecast.isGuess ? ` ${t("forecast.guess")}` : ""}
        </p>
      ) : null}
    </li>
  );
}
