"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormField } from "@/components/ui/form-field";
import { Skeleton } from "@/components/ui/skeleton";
import { ModelSelect } from "./model-select";

const fields = {
  chat: "defaultChatModel",
  vision: "defaultVisionModel",
  embedding: "defaultEmbeddingModel",
  rerank: "defaultRerankModel",
  moderation: "defaultModerationModel",
  transcription: "defaultTranscriptionModel",
  picture: "defaultPictureModel",
  speech: "defaultSpeechModel",
} as const;
const uses = Object.keys(fields) as readonly (keyof typeof fields)[];

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
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {uses.map((use) => (
          <FormField key={use} label={t(`${use}`)}>
            {(control) =>
              models.data && workspace.data ? (
                <ModelSelect
                  {...control}
                  models={models.data.models.filter((model) => model[use])}
                  value={workspace.data[fields[use]]}
                  standsFor={models.data.defaults[use]}
                  onValueChange={(reference) => update.mutate({ [fields[use]]: reference })}
                />
              ) : (
                <Skeleton className="h-7" />
              )
            }
          </FormField>
        ))}
      </div>
    </Section>
  );
}
