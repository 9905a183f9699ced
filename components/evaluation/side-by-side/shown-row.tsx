import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { MetricReport } from "@/runtime/eval/contract/report";
import type { ExperimentView, ShownRowItem } from "../types";
import { FoldedText } from "./folded-text";
import { ShownAnswer } from "./shown-answer";

interface ShownRowProps {
  readonly item: ShownRowItem;
  readonly experiment: ExperimentView;
  readonly metric: MetricReport | null;
}

function Values({ values }: { readonly values: ShownRowItem["inputs"] }) {
  const t = useTranslations("experiments.cases");
  if (values.length === 0) return <p className="text-faint">{t("nothing")}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {values.map(({ name, text, isCut }) => (
        <FoldedText key={name} text={text} isCut={isCut}>
          {values.length > 1 ? <span className="text-faint text-xs">{name}: </span> : null}
        </FoldedText>
      ))}
    </div>
  );
}

/** One row of a table: what was asked and expected, and each variant's answer. */
export function ShownRow({ item, experiment, metric }: ShownRowProps) {
  const t = useTranslations("experiments.sideBySide");
  const cases = useTranslations("experiments.cases");
  const { row, near, tags, inputs, expected, answers } = item;
  return (
    <tr className="border-line border-b align-top text-sm last:border-b-0">
      <th scope="row" className="px-5 py-3 text-left font-normal">
        <span className="tabular text-faint text-xs">
          <span className="sr-only">{cases("case", { number: row + 1 })}</span>
          <span aria-hidden="true">{row + 1}</span>
        </span>
        {near === null ? null : (
          <span className="mt-1 block">
            <Badge tone={near === 1 ? "ok" : near >= 0.8 ? "warn" : "neutral"} title={t("nearHelp")}>
              {near === 1 ? t("exact") : t("near", { near: Math.floor(100 * near) })}
            </Badge>
          </span>
        )}
      </th>
      <td className="px-3 py-3">
        <Values values={inputs} />
        {tags.length > 0 ? (
          <p className="mt-1.5 flex flex-wrap gap-1">
            {tags.map((tag) => (
              <Badge key={tag} tone="outline">
                {tag}
              </Badge>
            ))}
          </p>
        ) : null}
      </td>
      <td className="px-3 py-3">
        <Values values={expected} />
      </td>
      {answers.map((answer, variant) => (
        <td key={experiment.spec.variants[variant]?.key} className="px-3 py-3 last:pr-5">
          <ShownAnswer answer={answer} metric={metric} scorers={experiment.spec.scorers} />
        </td>
      ))}
    </tr>
  );
}
