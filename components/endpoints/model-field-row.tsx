"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { abilities } from "./abilities";
import type { EndpointFields } from "./endpoint-form";

const figures = ["inputUsdPerM", "outputUsdPerM", "cachedInputUsdPerM", "contextTokens", "maxConcurrency"] as const;
/** What an empty field means where it is not simply unknown. */
const placeholders = { cachedInputUsdPerM: "asInput", maxConcurrency: "asEndpoint" } as const;
const mostUsd = 100_000;

interface ModelFieldRowProps {
  readonly index: number;
  readonly name: string;
  readonly onRemove: () => void;
}

/** What one model can do and costs. */
export function ModelFieldRow({ index, name, onRemove }: ModelFieldRowProps) {
  const t = useTranslations("endpoints");
  const id = useId();
  const { control, register, formState } = useFormContext<EndpointFields>();
  const errors = formState.errors.models?.[index];
  const valid = (figure: (typeof figures)[number], text: string) => {
    if (text.trim() === "") return true;
    const value = Number(text);
    if (figure === "maxConcurrency")
      return (Number.isInteger(value) && value >= 1 && value <= 1000) || t("form.concurrencyForm");
    if (figure === "contextTokens") return (Number.isInteger(value) && value >= 1) || t("form.contextForm");
    return (value >= 0 && value <= mostUsd) || t("form.priceForm");
  };
  const problem = figures.map((figure) => errors?.[figure]?.message).find(Boolean);
  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-mono text-xs" title={name}>
          {name}
        </span>
        <IconButton label={t("form.removeModel", { name })} size="sm" onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {abilities.map((ability) => (
          <Controller
            key={ability}
            control={control}
            name={`models.${index}.${ability}`}
            render={({ field }) => (
              <span className="flex items-center gap-1.5">
                <Checkbox
                  id={`${id}-${ability}`}
                  checked={field.value}
                  onBlur={field.onBlur}
                  onCheckedChange={(checked) => field.onChange(checked === true)}
                />
                <label htmlFor={`${id}-${ability}`} className="text-muted text-xs">
                  {t(`ability.${ability}`)}
                </label>
              </span>
            )}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-5">
        {figures.map((figure) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the input inside is the control.
          <label key={figure} className="flex flex-col gap-0.5 text-faint text-xs">
            {t(`form.${figure}`)}
            <Input
              inputMode="decimal"
              autoComplete="off"
              placeholder={t(
                `form.${figure in placeholders ? placeholders[figure as keyof typeof placeholders] : "unknown"}`,
              )}
              aria-invalid={errors?.[figure] ? true : undefined}
              className="tabular text-fg"
              {...register(`models.${index}.${figure}`, { validate: (text) => valid(figure, text) })}
            />
          </label>
        ))}
      </div>
      {problem ? (
        <p role="alert" className="text-error text-xs">
          {problem}
        </p>
      ) : null}
    </li>
  );
}
