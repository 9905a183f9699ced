"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { ApiKeyField } from "./api-key-field";
import { ConnectionFields } from "./connection-fields";
import {
  createInput,
  type EndpointFields,
  embeddedUpdateInput,
  endpointFields,
  newEndpointFields,
  slugOf,
  slugPattern,
  updateInput,
} from "./endpoint-form";
import { LimitFields } from "./limit-fields";
import { ModelFieldList } from "./model-field-list";
import type { EndpointItem } from "./models";
import { PresetPicker } from "./preset-picker";
import { ReplicaFieldList } from "./replica-field-list";

export interface EndpointFormProps {
  readonly id: string;
  /** null makes a new one. */
  readonly endpoint: EndpointItem | null;
  readonly onState: (state: { readonly dirty: boolean; readonly busy: boolean }) => void;
  readonly onDone: () => void;
}

export function EndpointForm({ id, endpoint, onState, onDone }: EndpointFormProps) {
  const t = useTranslations("endpoints.form");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const form = useForm<EndpointFields>({ defaultValues: endpoint ? endpointFields(endpoint) : newEndpointFields });
  const { register, handleSubmit, formState, setValue, setError, getFieldState } = form;
  const { errors, isDirty } = formState;
  const options = {
    onSuccess: () => {
      toast.success(t(endpoint ? "saved" : "added"));
      onDone();
    },
    onError: (error: unknown) => {
      const { reason, data } = errorFacts(error);
      if (reason === "name-taken") setError("slug", { message: t("slugTaken") }, { shouldFocus: true });
      const refused = (data.fields ?? {}) as Readonly<Record<string, string>>;
      for (const name of ["caCertificate", "proxy", "extraFields"] as const)
        if (refused[name] !== undefined) setError(name, { message: refused[name] });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.endpoint.pathKey() }),
  };
  const create = useMutation(trpc.endpoint.create.mutationOptions(options));
  const update = useMutation(trpc.endpoint.update.mutationOptions(options));
  const busy = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  useEffect(() => onState({ dirty: isDirty, busy }), [isDirty, busy, onState]);

  const submit = handleSubmit((fields) => {
    if (!endpoint) create.mutate(createInput(fields));
    else
      update.mutate(
        endpoint.embedded ? embeddedUpdateInput(endpoint.id, fields) : updateInput(endpoint.id, fields, endpoint),
      );
  });

  return (
    <FormProvider {...form}>
      <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-6">
        {endpoint ? null : <PresetPicker />}
        {endpoint?.embedded ? null : (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <FormField label={t("name")} error={errors.name?.message}>
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    maxLength={80}
                    {...register("name", {
                      validate: (name) => name.trim() !== "" || t("nameNeeded"),
                      onChange: (event) => {
                        if (!endpoint && !getFieldState("slug").isTouched) setValue("slug", slugOf(event.target.value));
                      },
                    })}
                  />
                )}
              </FormField>
              <FormField label={t("slug")} help={t("slugHelp")} error={errors.slug?.message}>
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    spellCheck={false}
                    maxLength={40}
                    className="font-mono"
                    {...register("slug", { validate: (slug) => slugPattern.test(slug.trim()) || t("slugForm") })}
                  />
                )}
              </FormField>
            </div>
            <ReplicaFieldList />
            <ApiKeyField hasStoredKey={endpoint?.hasApiKey ?? false} storedUrls={storedUrls(endpoint)} />
            <ConnectionFields stored={endpoint} />
            <ModelFieldList stored={endpoint} />
          </>
        )}
        <LimitFields />
        {failure && errorFacts(failure).reason !== "name-taken" ? (
          <p role="alert" className="rounded-md bg-error-soft px-3 py-2 text-error">
            {say(errorFacts(failure)).description}
          </p>
        ) : null}
      </form>
    </FormProvider>
  );
}

const storedUrls = (endpoint: EndpointItem | null): readonly (string | null)[] =>
  endpoint?.replicas.map((replica) => replica.baseUrl) ?? [];
