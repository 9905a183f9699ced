import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { type DatasetSplit, datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { CountInput } from "./count-input";
import type { Dataset } from "./set-up-types";
import { ToggleChips } from "./toggle-chips";

export interface ChosenRows {
  readonly splits: readonly DatasetSplit[];
  readonly tags: readonly string[];
  readonly most: number | null;
}

interface RowChoiceProps {
  readonly dataset: Dataset;
  readonly chosen: ChosenRows;
  readonly onChange: (changes: Partial<ChosenRows>) => void;
}

/** Which rows of a dataset are taken: parts, tags, and how many. */
export function RowChoice({ dataset, chosen, onChange }: RowChoiceProps) {
  const t = useTranslations("experiments.setUp");
  const split = useTranslations("experiments.setUp.split");
  const splits = datasetSplits.filter((each) => (dataset.splits[each] ?? 0) > 0);
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
      {splits.length > 0 ? (
        <ToggleChips
          label={t("splits")}
          options={splits.map((each) => ({ value: each, label: split(each), count: dataset.splits[each] ?? 0 }))}
          chosen={chosen.splits}
          onChange={(next) => onChange({ splits: datasetSplits.filter((each) => next.includes(each)) })}
        />
      ) : null}
      {dataset.tags.length > 0 ? (
        <ToggleChips
          label={t("tags")}
          options={dataset.tags.slice(0, 20).map(({ tag, rows }) => ({ value: tag, label: tag, count: rows }))}
          chosen={chosen.tags}
          onChange={(tags) => onChange({ tags: tags.slice(0, evalLimits.tags) })}
        />
      ) : null}
      <FormField label={t("most")} help={t("mostHelp")} className="w-44">
        {(control) => (
          <CountInput
            {...control}
            value={chosen.most}
            least={1}
            most={evalLimits.rows}
            placeholder={t("all")}
            onChange={(most) => onChange({ most })}
          />
        )}
      </FormField>
    </div>
  );
}
