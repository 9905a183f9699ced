"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import type { EndpointFields } from "./endpoint-form";

/** How many calls at once, and how long to wait. */
export function LimitFields() {
  const t = useTranslations("endpoints.form");
  const { register, formState } = useFormContext<EndpointFields>();
  const { errors } = formState;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField label={t("concurrency")} help={t("concurrencyHelp")} error={errors.maxConcurrency?.message}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={1000}
            className="tabular"
            {...register("maxConcurrency", {
              validate: (text) =>
                (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1000) || t("concurrencyForm"),
            })}
          />
        )}
      </FormField>
      <FormField label={t("timeout")} help={t("timeoutHelp")} error={errors.timeoutSeconds?.message}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={600}
            className="tabular"
            {...register("timeoutSeconds", {
              validate: (text) => (Number(text) >= 1 && Number(text) <= 600) || t("timeoutForm"),
            })}
          />
        )}
      </FormField>
    </div>
  );
}
