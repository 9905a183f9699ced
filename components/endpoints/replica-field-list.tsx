"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { type EndpointFields, isWebAddress } from "./endpoint-form";

const mostReplicas = 16;

/** The addresses of an endpoint. Calls are spread over them by weight and by how busy each is. */
export function ReplicaFieldList() {
  const t = useTranslations("endpoints.form");
  const { register, control, formState } = useFormContext<EndpointFields>();
  const { fields, append, remove } = useFieldArray({ control, name: "replicas" });
  const several = fields.length > 1;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">{t("baseUrl")}</legend>
      {fields.map((field, index) => {
        const error = formState.errors.replicas?.[index]?.baseUrl?.message;
        return (
          <div key={field.id} className="flex flex-col gap-1">
            <div className="flex items-center gap-2">
              <Input
                aria-label={several ? t("baseUrlOf", { number: index + 1 }) : t("baseUrl")}
                aria-invalid={error ? true : undefined}
                type="url"
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                placeholder="http://localhost:8000/v1"
                className="font-mono text-xs"
                {...register(`replicas.${index}.baseUrl`, { validate: (url) => isWebAddress(url) || t("baseUrlForm") })}
              />
              {several ? (
                <>
                  <Input
                    aria-label={t("weightOf", { number: index + 1 })}
                    title={t("weight")}
                    type="number"
                    min={1}
                    max={100}
                    className="tabular w-16 shrink-0"
                    {...register(`replicas.${index}.weight`)}
                  />
                  <IconButton label={t("removeReplica")} onClick={() => remove(index)}>
                    <X />
                  </IconButton>
                </>
              ) : null}
            </div>
            {error ? (
              <p role="alert" className="text-error text-xs">
                {error}
              </p>
            ) : null}
          </div>
        );
      })}
      <div className="flex items-start justify-between gap-3">
        <p className="text-muted text-xs">{t(several ? "replicasHelp" : "baseUrlHelp")}</p>
        {fields.length < mostReplicas ? (
          <Button size="sm" variant="ghost" onClick={() => append({ baseUrl: "", weight: "1" })}>
            <Plus />
            {t("addReplica")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
