"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { TuningForm } from "./tuning-form";

interface MethodFieldProps {
  readonly form: TuningForm;
  readonly onChange: (change: Partial<TuningForm>) => void;
  readonly base: RouterOutputs["fineTuning"]["bases"][number] | undefined;
  readonly capabilities: RouterOutputs["fineTuning"]["trainers"][number]["capabilities"];
}

type Method = TuningForm["method"];
/** The method of the trainer that stands for one of the advisor's. */
const ofAdvice: Readonly<Record<string, Method | undefined>> = {
  full: "full",
  frozen: "frozen",
  lora: "lora",
  qlora: "qlora",
  prefix: "prefix",
  "p-tuning": "prompt",
};

/** Which method, with what the advisor says for these rows, this base and this machine. */
export function MethodField({ form, onChange, base, capabilities }: MethodFieldProps) {
  const t = useTranslations("tuning");
  const advice = useTranslations("registry.advice");
  const registry = useTranslations("registry.method");
  const between = useLocale() === "zh" ? "" : " ";
  const trpc = useTRPC();
  const rows = useRowCount(form);
  const gpu = capabilities?.devices[0];
  const asked = {
    task: "write" as const,
    rows: rows ?? 0,
    billionParameters: Math.max(0.05, (base?.parameters ?? 0) / 1e9),
    gpuGigabytes: (gpu?.memoryBytes ?? 0) / 2 ** 30,
    gpus: Math.max(1, capabilities?.devices.length ?? 1),
    contextTokens: Math.max(64, form.settings.contextTokens || 64),
    variants: 1,
  };
  const enabled = rows !== null && base?.parameters !== undefined && Number.isInteger(asked.contextTokens);
  const told = useQuery(trpc.tunedModel.advise.queryOptions(asked, { enabled, placeholderData: keepPreviousData }));
  const recommended = told.data === undefined ? undefined : ofAdvice[told.data.recommended];
  const isKnown = (method: string): method is Method => t.has(`method.${method}`);
  const offered = (capabilities?.methods ?? [form.method]).filter(isKnown);
  return (
    <FormField
      label={t("column.method")}
      help={
        told.data === undefined
          ? undefined
          : `${advice("recommended")}: ${registry(told.data.recommended)}. ${told.data.reasons.map((reason) => advice(`reason.${reason}`)).join(between)}`
      }
    >
      {(control) => (
        <Select {...control} value={form.method} onValueChange={(method) => onChange({ method: method as Method })}>
          {offered.map((method) => (
            <SelectItem key={method} value={method} {...(method === recommended && { hint: t("form.advised") })}>
              {t(`method.${method}`)}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
}

const useRowCount = ({ kind, sourceId }: TuningForm): number | null => {
  const trpc = useTRPC();
  const sets = useQuery(trpc.trainingSet.list.queryOptions({}, { enabled: kind === "training-set" }));
  const datasets = useQuery(trpc.dataset.list.queryOptions({}, { enabled: kind === "dataset" }));
  const found = kind === "training-set" ? sets.data?.items : datasets.data?.items;
  return found?.find(({ id }) => id === sourceId)?.rowCount ?? null;
};
