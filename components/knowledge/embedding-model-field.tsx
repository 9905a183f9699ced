"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ModelSelect } from "@/components/endpoints/model-select";
import { useTRPC } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Skeleton } from "@/components/ui/skeleton";

export interface EmbeddingModelFieldProps {
  /** A model's reference, or `default`. */
  readonly value: string;
  readonly onChange: (reference: string) => void;
  readonly help?: ReactNode;
}

/** Which model turns passages and questions into vectors. */
export function EmbeddingModelField({ value, onChange, help }: EmbeddingModelFieldProps) {
  const t = useTranslations("knowledge");
  const trpc = useTRPC();
  const models = useQuery(trpc.endpoint.models.queryOptions());
  return (
    <FormField label={t("model")} help={help ?? t("modelHelp")}>
      {(control) =>
        models.data ? (
          <ModelSelect
            {...control}
            models={models.data.models.filter((model) => model.embedding)}
            value={value === "default" ? null : value}
            standsFor={models.data.knowledgeDefault}
            onValueChange={(reference) => onChange(reference ?? "default")}
          />
        ) : (
          <Skeleton className="h-7" />
        )
      }
    </FormField>
  );
}
