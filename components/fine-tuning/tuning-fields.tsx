"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { MethodField } from "./method-field";
import { SourceFields } from "./source-fields";
import { inParameters } from "./tuning-figures";
import { figures, type TuningForm } from "./tuning-form";

export interface TuningFieldsProps {
  readonly form: TuningForm;
  readonly onChange: (change: Partial<TuningForm>) => void;
  readonly trainers: RouterOutputs["fineTuning"]["trainers"];
}

/** Everything that is chosen of a training. The settings that are given do well; none must be touched. */
export function TuningFields({ form, onChange, trainers }: TuningFieldsProps) {
  const t = useTranslations("tuning.form");
  const trpc = useTRPC();
  const bases = useQuery(
    trpc.fineTuning.bases.queryOptions(
      { id: form.trainerId },
      { enabled: form.trainerId !== "", placeholderData: keepPreviousData },
    ),
  );
  const base = bases.data?.find(({ name }) => name === form.base);
  const trainer = trainers.find(({ id }) => id === form.trainerId);
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label={t("trainer")} error={trainer?.problem ?? undefined}>
          {(control) => (
            <Select
              {...control}
              value={form.trainerId}
              placeholder={t("chooseTrainer")}
              onValueChange={(trainerId) => onChange({ trainerId, base: "" })}
            >
              {trainers.map(({ id, name }) => (
                <SelectItem key={id} value={id}>
                  {name}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
        <FormField
          label={t("base")}
          error={base?.fault}
          help={
            base?.parameters === undefined
              ? t("baseHelp")
              : t("baseFacts", { parameters: inParameters(base.parameters), context: base.contextTokens ?? 0 })
          }
        >
          {(control) => (
            <Select
              {...control}
              value={form.base}
              placeholder={t("chooseBase")}
              onValueChange={(name) => onChange(withBase(form, name, bases.data ?? []))}
            >
              {(bases.data ?? []).map(({ name, parameters }) => (
                <SelectItem key={name} value={name} hint={inParameters(parameters)}>
                  {name}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
      </div>
      <FormField label={t("source")}>
        {() => (
          <Segmented
            label={t("source")}
            value={form.kind}
            onValueChange={(kind) => onChange({ kind, sourceId: "", prompt: "", answer: "" })}
            options={[
              { value: "training-set", label: t("trainingSet") },
              { value: "dataset", label: t("dataset") },
            ]}
          />
        )}
      </FormField>
      <SourceFields form={form} onChange={onChange} />
      <MethodField form={form} onChange={onChange} base={base} capabilities={trainer?.capabilities ?? null} />
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField label={t("name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={form.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </FormField>
        <NumberField
          label={t("heldOut")}
          value={form.heldOut}
          min={0}
          max={50}
          onChange={(heldOut) => onChange({ heldOut })}
        />
        <NumberField
          label={t("seed")}
          value={form.seed}
          min={0}
          max={2_147_483_647}
          onChange={(seed) => onChange({ seed })}
        />
      </div>
      <Choice label={t("mask")} help={t("maskHelp")} value={form.mask} onChange={(mask) => onChange({ mask })} />
      <FormField label={t("samples")}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={10_000}
            value={form.samples}
            onChange={(event) => onChange({ samples: event.target.value })}
          />
        )}
      </FormField>
      <details className="flex flex-col gap-4">
        <summary className="cursor-pointer text-muted text-sm">{t("more")}</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-3">
          {figures.map(({ name, least, most, whole }) => (
            <NumberField
              key={name}
              label={t(`setting.${name}`)}
              value={form.settings[name]}
              min={least}
              max={most}
              {...(!whole && { step: "any" })}
              onChange={(value) => onChange({ settings: { ...form.settings, [name]: value } })}
            />
          ))}
        </div>
        <div className="mt-4 flex flex-col gap-3">
          <Choice label={t("packing")} value={form.packing} onChange={(packing) => onChange({ packing })} />
          <Choice
            label={t("gradientCheckpointing")}
            value={form.gradientCheckpointing}
            onChange={(gradientCheckpointing) => onChange({ gradientCheckpointing })}
          />
        </div>
      </details>
    </div>
  );
}

/** A base that reads fewer tokens than the context takes it down with it. */
const withBase = (form: TuningForm, name: string, bases: RouterOutputs["fineTuning"]["bases"]): Partial<TuningForm> => {
  const most = bases.find((base) => base.name === name)?.contextTokens;
  const contextTokens = Math.min(form.settings.contextTokens, most ?? form.settings.contextTokens);
  return { base: name, settings: { ...form.settings, contextTokens } };
};

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: string;
  readonly onChange: (value: number) => void;
}

const NumberField = ({ label, value, onChange, ...limits }: NumberFieldProps) => (
  <FormField label={label}>
    {(control) => (
      <Input
        {...control}
        {...limits}
        type="number"
        value={Number.isNaN(value) ? "" : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    )}
  </FormField>
);

interface ChoiceProps {
  readonly label: string;
  readonly help?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

const Choice = ({ label, help, value, onChange }: ChoiceProps) => (
  <div className="flex items-start justify-between gap-6">
    <div className="text-sm">
      <p className="font-medium">{label}</p>
      {help ? <p className="text-muted text-xs">{help}</p> : null}
    </div>
    <Switch aria-label={label} checked={value} onCheckedChange={onChange} />
  </div>
);
