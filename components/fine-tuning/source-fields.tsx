"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { TuningForm } from "./tuning-form";

interface SourceFieldsProps {
  readonly form: TuningForm;
  readonly onChange: (change: Partial<TuningForm>) => void;
}

/** Which training set, or which columns of which dataset. */
export function SourceFields({ form, onChange }: SourceFieldsProps) {
  return form.kind === "training-set" ? (
    <TrainingSetField form={form} onChange={onChange} />
  ) : (
    <DatasetFields form={form} onChange={onChange} />
  );
}

const named = (form: TuningForm, name: string): Partial<TuningForm> =>
  form.name === "" ? { name: name.slice(0, 80) } : {};

function TrainingSetField({ form, onChange }: SourceFieldsProps) {
  const t = useTranslations("tuning.form");
  const trpc = useTRPC();
  const sets = useQuery(trpc.trainingSet.list.queryOptions({}));
  return (
    <FormField label={t("chooseRows")}>
      {(control) => (
        <Select
          {...control}
          value={form.sourceId}
          placeholder={t("chooseRows")}
          onValueChange={(id) =>
            onChange({ sourceId: id, ...named(form, sets.data?.items.find((set) => set.id === id)?.name ?? "") })
          }
        >
          {(sets.data?.items ?? []).map(({ id, name, rowCount }) => (
            <SelectItem key={id} value={id} hint={String(rowCount)}>
              {name}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
}

function DatasetFields({ form, onChange }: SourceFieldsProps) {
  const t = useTranslations("tuning.form");
  const trpc = useTRPC();
  const datasets = useQuery(trpc.dataset.list.queryOptions({}));
  const dataset = useQuery(trpc.dataset.get.queryOptions({ id: form.sourceId }, { enabled: form.sourceId !== "" }));
  const columns = dataset.data?.columns ?? [];
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <FormField label={t("chooseRows")}>
        {(control) => (
          <Select
            {...control}
            value={form.sourceId}
            placeholder={t("chooseRows")}
            onValueChange={(id) =>
              onChange({
                sourceId: id,
                prompt: "",
                answer: "",
                ...named(form, datasets.data?.items.find((each) => each.id === id)?.name ?? ""),
              })
            }
          >
            {(datasets.data?.items ?? []).map(({ id, name, rowCount }) => (
              <SelectItem key={id} value={id} hint={String(rowCount)}>
                {name}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      {(["prompt", "answer"] as const).map((field) => (
        <FormField key={field} label={t(`asked.${field}`)}>
          {(control) => (
            <Select
              {...control}
              value={form[field]}
              placeholder={t("chooseColumn")}
              onValueChange={(name) => onChange({ [field]: name })}
            >
              {columns.map(({ name }) => (
                <SelectItem key={name} value={name}>
                  {name}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
      ))}
    </div>
  );
}
