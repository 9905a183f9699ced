"use client";

import { Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { InputField } from "@/runtime/node/define-node";
import { InputMapping } from "./input-mapping";
import { RowChoice } from "./row-choice";
import { type Dataset, type DatasetItem, type PartProps, problemAt } from "./set-up-types";

interface CasesPartProps extends PartProps {
  readonly datasets: readonly DatasetItem[];
  readonly dataset: Dataset | null;
  readonly inputs: readonly InputField[];
}

/** Which cases the variants answer, and which column feeds which input. */
export function CasesPart({ form, change, problems, datasets, dataset, inputs }: CasesPartProps) {
  const t = useTranslations("experiments.setUp");
  const columns = (dataset?.columns ?? []).filter(({ role }) => role === "input").map(({ name }) => name);
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
      {dataset ? <RowChoice dataset={dataset} chosen={form} onChange={change} /> : null}
      {dataset && inputs.length > 0 ? (
        <InputMapping
          inputs={inputs}
          columns={columns}
          chosen={form.inputs}
          problemOf={(name) => problemAt(problems, `inputs.${name}`)}
          onChange={(chosen) => change({ inputs: chosen })}
        />
      ) : null}
    </Section>
  );
}
