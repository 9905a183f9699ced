"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog, AlertDialogTrigger } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { areChunksValid, ChunkFields } from "./chunk-fields";
import { EmbeddingModelField } from "./embedding-model-field";
import { type Base, limits } from "./types";

export interface SettingsTabProps {
  readonly base: Base;
  readonly onChanged: () => void;
}

export function SettingsTab({ base, onChanged }: SettingsTabProps) {
  return (
    <PageBody className="max-w-2xl">
      <SettingsForm base={base} onChanged={onChanged} />
      <Facts base={base} />
      <RemoveBase base={base} />
    </PageBody>
  );
}

const fieldsOf = ({ name, description, embeddingModel, chunkBy, chunkSize, chunkOverlap }: Base) => ({
  name,
  description,
  embeddingModel,
  chunkBy,
  chunkSize,
  chunkOverlap,
});

function SettingsForm({ base, onChanged }: SettingsTabProps) {
  const t = useTranslations("knowledge");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const saved = fieldsOf(base);
  const [edited, setEdited] = useState(saved);
  const update = useMutation(
    trpc.knowledge.update.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("settings.saved")),
      onSettled: onChanged,
    }),
  );
  const set = (part: Partial<typeof edited>) => setEdited({ ...edited, ...part });
  const wanted = { ...edited, name: edited.name.trim(), description: edited.description.trim() };
  const isDirty = JSON.stringify(wanted) !== JSON.stringify(saved);
  const remakes =
    base.indexedWith !== null &&
    (["embeddingModel", "chunkBy", "chunkSize", "chunkOverlap"] as const).some((key) => wanted[key] !== saved[key]);
  const isValid = wanted.name !== "" && areChunksValid(wanted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty && isValid) update.mutate({ id: base.id, ...wanted });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-8">
      <Section title={t("settings.general")}>
        <FormField label={t("name")}>
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              maxLength={limits.name}
              value={edited.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </FormField>
        <FormField label={t("description")} aside={t("optional")}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={limits.description}
              value={edited.description}
              onChange={(event) => set({ description: event.target.value })}
            />
          )}
        </FormField>
      </Section>
      <Section title={t("settings.index")} description={t("settings.indexHelp")}>
        <EmbeddingModelField
          value={edited.embeddingModel}
          onChange={(embeddingModel) => set({ embeddingModel })}
          help={t("settings.modelHelp")}
        />
        <ChunkFields value={edited} onChange={set} />
      </Section>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" busy={update.isPending} disabled={!isDirty || !isValid}>
          {t("settings.save")}
        </Button>
        {isDirty ? (
          <Button variant="ghost" onClick={() => setEdited(saved)}>
            {t("settings.discard")}
          </Button>
        ) : null}
        {remakes ? <span className="text-muted text-xs">{t("settings.remakes")}</span> : null}
      </div>
    </form>
  );
}

/** What the index in use was made with. */
function Facts({ base }: { readonly base: Base }) {
  const t = useTranslations("knowledge.settings");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const reindex = useMutation(
    trpc.knowledge.reindex.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() }),
    }),
  );
  if (base.indexedWith === null) return null;
  return (
    <Section title={t("inUse")}>
      <div className="flex items-center gap-4 rounded-lg border border-line px-4 py-3">
        <p className="min-w-0 flex-1 break-words text-muted">
          {t("inUseFacts", { model: base.indexedWith, count: base.chunkCount, dimensions: base.dimensions ?? 0 })}
        </p>
        <Button busy={reindex.isPending} disabled={base.jobId !== null} onClick={() => reindex.mutate({ id: base.id })}>
          {t("reindex")}
        </Button>
      </div>
    </Section>
  );
}

function RemoveBase({ base }: { readonly base: Base }) {
  const t = useTranslations("knowledge.settings");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const remove = useMutation(
    trpc.knowledge.remove.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("removed", { name: base.name }));
        router.push("/knowledge");
        return queries.invalidateQueries({ queryKey: trpc.knowledge.list.pathKey() });
      },
    }),
  );
  return (
    <Section title={t("remove")} description={t("removeHelp")}>
      <AlertDialog
        title={t("removeTitle", { name: base.name })}
        description={t("removeWhat", { documents: base.documentCount, passages: base.chunkCount })}
        action={t("removeAction")}
        busy={remove.isPending}
        onAction={() => remove.mutate({ id: base.id })}
      >
        <AlertDialogTrigger asChild>
          <Button variant="danger" className="self-start" busy={remove.isPending}>
            <Trash2 />
            {t("removeAction")}
          </Button>
        </AlertDialogTrigger>
      </AlertDialog>
    </Section>
  );
}
