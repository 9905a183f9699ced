"use client";

import { Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { evalLimits } from "@/runtime/eval/contract/limits";
import type { InputField } from "@/runtime/node/define-node";
import { CountInput } from "./count-input";
import { type Dataset, type DatasetItem, type PartProps, problemAt } from "./set-up-types";
import { ToggleChips } from "./toggle-chips";

interface CasesPartProps extends PartProps {
  readonly datasets: readonly DatasetItem[];
  readonly dataset: Dataset | null;
  readonly inputs: readonly InputField[];
}

/** Which cases the variants answer, and which column feeds which input. */
export function CasesPart({ form, change, problems, datasets, dataset, inputs }: CasesPartProps) {
  const t = useTranslations("experiments.setUp");
  const split = useTranslations("experiments.setUp.split");
  const columns = (dataset?.columns ?? []).filter(({ role }) => role === "input").map(({ name }) => name);
  const splits = datasetSplits.filter((each) => (dataset?.splits[each] ?? 0) > 0);
  return (
    <Section
      title={t("cases")}
      description={t("casesHelp")}
      aside={
        <Button asChild>
          <Link href="/evaluation/datasets">
            <Upload />
            {t("upload")}
          </Link>
        </Button>
      }
    >
      <FormField label={t("dataset")} error={problemAt(problems, "datasetId") ?? problemAt(problems, "rows")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t(datasets.length === 0 ? "noDataset" : "chooseDataset")}
            disabled={datasets.length === 0}
            value={form.datasetId ?? ""}
            onValueChange={(datasetId) => change({ datasetId, splits: [], tags: [], inputs: {} })}
          >
            {datasets.map(({ id, name, rowCount }) => (
              <SelectItem key={id} value={id} hint={t("rowCount", { count: rowCount })}>
                {name}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      {dataset ? (
        <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
          {splits.length > 0 ? (
            <ToggleChips
              label={t("splits")}
              options={splits.map((each) => ({
                value: each,
                label: split(each),
                count: dataset.splits[each] ?? 0,
              }))}
              chosen={form.splits}
              onChange={(next) => change({ splits: datasetSplits.filter((each) => next.includes(each)) })}
            />
          ) : null}
          {dataset.tags.length > 0 ? (
            <ToggleChips
              label={t("tags")}
              options={dataset.tags.slice(0, 20).map(({ tag, rows }) => ({ value: tag, label: tag, count: rows }))}
              chosen={form.tags}
              onChange={(tags) => change({ tags: tags.slice(0, evalLimits.tags) })}
            />
          ) : null}
          <FormField label={t("most")} help={t("mostHelp")} className="w-44">
            {(control) => (
              <CountInput
                {...control}
                value={form.most}
                least={1}
                most={evalLimits.rows}
                placeholder={t("all")}
                onChange={(most) => change({ most })}
              />
            )}
          </FormField>
        </div>
      ) : null}
      {dataset && inputs.length > 0 ? (
        <div className="flex flex-col gap-2">
          <p className="font-medium text-sm">{t("mapping")}</p>
          <div className="grid gap-2 sm:grid-cols-2">
            {inputs.map(({ name, title }) => {
              const shown = form.inputs[name] ?? (columns.includes(name) ? name : "");
              return (
                <FormField key={name} label={title || name} error={problemAt(problems, `inputs.${name}`)}>
                  {(control) => (
                    <Select
                      {...control}
                      placeholder={t("noColumn")}
                      value={shown}
                      onValueChange={(column) => change({ inputs: { ...form.inputs, [name]: column } })}
                    >
                      {columns.map((column) => (
                        <SelectItem key={column} value={column}>
                          {column}
                        </SelectItem>
                      ))}
                    </Select>
                  )}
                </FormField>
              );
            })}
          </div>
        </div>
      ) : null}
    </Section>
  );
}
