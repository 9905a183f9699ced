"use client";

import { ChevronRight, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { type EndpointFields, readObject } from "./endpoint-form";
import type { EndpointItem } from "./models";

const mostHeaders = 20;
const keyHeaders = ["authorization", "api-key", "x-api-key"] as const;

/** What stands in protocols as it stands here, in any language. */
const examples = {
  authorization: "Authorization: Bearer …",
  header: "X-Team",
  certificate: "-----BEGIN CERTIFICATE-----",
  extraFields: '{"chat_template_kwargs": {"enable_thinking": false}}',
} as const;

/** Where the key travels, headers sent with each call, an authority of one's own, a proxy, further fields. Folded while none of it is set. */
export function ConnectionFields({ stored }: { readonly stored: EndpointItem | null }) {
  const t = useTranslations("endpoints.form");
  const { register, control, formState } = useFormContext<EndpointFields>();
  const { fields, append, remove } = useFieldArray({ control, name: "headers" });
  const { errors } = formState;
  const isSet =
    stored !== null &&
    (stored.headers.length > 0 ||
      stored.proxy !== null ||
      Object.keys(stored.extraFields).length > 0 ||
      stored.caCertificate !== null ||
      stored.keyHeader !== "authorization");
  const [open, setOpen] = useState(isSet);
  const isShown = open || [errors.caCertificate, errors.proxy, errors.extraFields].some((error) => error !== undefined);
  return (
    <section className="flex flex-col gap-4">
      <button
        type="button"
        aria-expanded={isShown}
        className="flex items-center gap-1 self-start rounded-sm font-medium hover:text-fg"
        onClick={() => setOpen((now) => !now)}
      >
        <ChevronRight aria-hidden="true" className={cn("size-3.5 transition-transform", isShown && "rotate-90")} />
        {t("connection")}
      </button>
      {isShown ? (
        <>
          <FormField label={t("keyHeader")} help={t("keyHeaderHelp")}>
            {(field) => (
              <Controller
                control={control}
                name="keyHeader"
                render={({ field: { value, onChange } }) => (
                  <Select
                    {...field}
                    value={value === "" ? "auto" : value}
                    onValueChange={(next) => onChange(next === "auto" ? "" : next)}
                  >
                    {stored === null ? <SelectItem value="auto">{t("keyHeaderAuto")}</SelectItem> : null}
                    {keyHeaders.map((name) => (
                      <SelectItem key={name} value={name}>
                        {name === "authorization" ? examples.authorization : `${name}: …`}
                      </SelectItem>
                    ))}
                  </Select>
                )}
              />
            )}
          </FormField>
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1 font-medium">{t("headers")}</legend>
            {fields.map((field, index) => (
              <div key={field.id} className="flex items-center gap-2">
                <Input
                  aria-label={t("headerName")}
                  placeholder={examples.header}
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={100}
                  className="w-52 shrink-0 font-mono text-xs"
                  {...register(`headers.${index}.name`)}
                />
                <Input
                  aria-label={t("headerValue")}
                  type="password"
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={2000}
                  placeholder={stored?.headers.includes(field.name) ? "••••••••" : t("headerValue")}
                  className="font-mono text-xs"
                  {...register(`headers.${index}.value`)}
                />
                <IconButton label={t("removeHeader")} onClick={() => remove(index)}>
                  <X />
                </IconButton>
              </div>
            ))}
            <div className="flex items-start justify-between gap-3">
              <p className="text-muted text-xs">{t("headersHelp")}</p>
              {fields.length < mostHeaders ? (
                <Button size="sm" variant="ghost" onClick={() => append({ name: "", value: "" })}>
                  <Plus />
                  {t("addHeader")}
                </Button>
              ) : null}
            </div>
          </fieldset>
          <FormField label={t("proxy")} aside={t("optional")} help={t("proxyHelp")} error={errors.proxy?.message}>
            {(field) => (
              <Input
                {...field}
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                placeholder="http://proxy:3128"
                className="font-mono text-xs"
                {...register("proxy")}
              />
            )}
          </FormField>
          <FormField
            label={t("caCertificate")}
            aside={t("optional")}
            help={t("caCertificateHelp")}
            error={errors.caCertificate?.message}
          >
            {(field) => (
              <Textarea
                {...field}
                rows={4}
                spellCheck={false}
                placeholder={examples.certificate}
                className="font-mono text-xs"
                {...register("caCertificate")}
              />
            )}
          </FormField>
          <FormField
            label={t("extraFields")}
            aside={t("optional")}
            help={t("extraFieldsHelp")}
            error={errors.extraFields?.message}
          >
            {(field) => (
              <Textarea
                {...field}
                rows={4}
                spellCheck={false}
                maxLength={20_000}
                placeholder={examples.extraFields}
                className="font-mono text-xs"
                {...register("extraFields", {
                  validate: (text) => readObject(text) !== null || t("extraFieldsNeeded"),
                })}
              />
            )}
          </FormField>
        </>
      ) : null}
    </section>
  );
}
