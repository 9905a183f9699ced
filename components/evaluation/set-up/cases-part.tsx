"use client";

import { Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DatasetPicker } from "@/components/pickers/dataset-picker";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import type { InputField } from "@/runtime/node/define-node";
import { InputMapping } from "./input-mapping";
import { RowChoice } from "./row-choice";
import { type Dataset, type PartProps, problemAt } from "./set-up-types";

interface CasesPartProps extends PartProps {
  readonly dataset: Dataset | null;
  /** The dataset that was named cannot be read. */
  readonly missing: boolean;
  readonly inputs: readonly InputField[];
}

/** Which cases the variants answer, and which column feeds which input. */
export function CasesPart({ form, change, problems, dataset, missing, inputs }: CasesPartProps) {
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
          <DatasetPicker
            {...control}
            label={t("chooseDataset")}
            chosen={form.datasetId === null || missing ? null : { id: form.datasetId, name: dataset?.name ?? "…" }}
            onPick={({ id }) => {
              if (id !== form.datasetId)
                change({
                  datasetId: id,
                  splits: [],
                  tags: [],
                  inputs: {},
                  scorers: form.scorers.map((scorer) => ({ ...scorer, expected: null })),
                });
            }}
          />
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
