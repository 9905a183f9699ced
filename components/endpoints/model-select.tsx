"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import type { FormFieldControl } from "@/components/ui/form-field";
import { Select, SelectGroup, SelectItem, SelectLabel, SelectSeparator } from "@/components/ui/select";

type ModelOption = RouterOutputs["endpoint"]["models"]["models"][number];

/** Stands for "nothing chosen" in the list, which takes no empty value. A model reference always holds a slash. */
const automatic = "automatic";

export interface ModelSelectProps extends FormFieldControl {
  readonly models: readonly ModelOption[];
  /** The chosen reference; null leaves the choice to the app. */
  readonly value: string | null;
  /** What the app takes while nothing is chosen, if there is anything. */
  readonly standsFor: string | null;
  readonly onValueChange: (reference: string | null) => void;
}

/** One of the workspace's models, by endpoint. A chosen model that is gone stays in the list, marked. */
export function ModelSelect({ models, value, standsFor, onValueChange, ...control }: ModelSelectProps) {
  const t = useTranslations("endpoints.select");
  const endpoints = [...new Map(models.map((model) => [model.endpoint.id, model.endpoint])).values()];
  const missing = value !== null && !models.some((model) => model.ref === value);
  return (
    <Select
      {...control}
      value={value ?? automatic}
      onValueChange={(next) => onValueChange(next === automatic ? null : next)}
    >
      <SelectItem value={automatic}>
        {value !== null ? t("automatic") : standsFor ? t("automaticNow", { model: standsFor }) : t("automaticNone")}
      </SelectItem>
      {missing ? (
        <SelectItem value={value} hint={t("gone")}>
          {value}
        </SelectItem>
      ) : null}
      {endpoints.map((endpoint) => (
        <SelectGroup key={endpoint.id}>
          <SelectSeparator />
          <SelectLabel>{endpoint.name}</SelectLabel>
          {models
            .filter((model) => model.endpoint.id === endpoint.id)
            .map((model) => (
              <SelectItem key={model.ref} value={model.ref} hint={model.available ? undefined : t("unavailable")}>
                {model.name}
              </SelectItem>
            ))}
        </SelectGroup>
      ))}
    </Select>
  );
}
