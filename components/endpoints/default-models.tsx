"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormField } from "@/components/ui/form-field";
import { ModelSelect } from "./model-select";

/** Which models a step gets that names none. */
export function DefaultModels() {
  const t = useTranslations("endpoints.defaults");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tell = useErrorToast();
  const models = useQuery(trpc.endpoint.models.queryOptions());
  const workspace = useQuery(trpc.workspace.get.queryOptions());
  const update = useMutation(
    trpc.workspace.update.mutationOptions({
      onError: tell,
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.workspace.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.endpoint.models.queryKey() }),
        ]),
    }),
  );
  if (!models.data || !workspace.data) return null;
  const all = models.data.models;
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label={t("chat")}>
          {(control) => (
            <ModelSelect
              {...control}
              models={all.filter((model) => model.chat)}
              value={workspace.data.defaultChatModel}
              standsFor={models.data.defaults.chat}
              onValueChange={(defaultChatModel) => update.mutate({ defaultChatModel })}
            />
          )}
        </FormField>
        <FormField label={t("embedding")}>
          {(control) => (
            <ModelSelect
              {...control}
              models={all.filter((model) => model.embedding)}
              value={workspace.data.defaultEmbeddingModel}
              standsFor={models.data.defaults.embedding}
              onValueChange={(defaultEmbeddingModel) => update.mutate({ defaultEmbeddingModel })}
            />
          )}
        </FormField>
      </div>
    </Section>
  );
}
