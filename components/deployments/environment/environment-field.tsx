"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useTRPC } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

interface EnvironmentFieldProps {
  readonly value: string;
  /** Not offered. */
  readonly except?: string;
  readonly onChange: (name: string) => void;
}

/** An environment of the workspace, or a new one by its name. */
export function EnvironmentField({ value, except, onChange }: EnvironmentFieldProps) {
  const t = useTranslations("deployments.environment");
  const trpc = useTRPC();
  const id = useId();
  const environments = useQuery(trpc.deployment.environments.queryOptions());
  return (
    <FormField label={t("one")} help={t("nameHelp")}>
      {(control) => (
        <>
          <datalist id={`${id}-names`}>
            {environments.data
              ?.filter(({ name }) => name !== except)
              .map(({ name }) => (
                <option key={name} value={name} />
              ))}
          </datalist>
          <Input
            {...control}
            list={`${id}-names`}
            maxLength={32}
            required
            value={value}
            onChange={(event) => onChange(event.target.value.toLowerCase())}
          />
        </>
      )}
    </FormField>
  );
}
