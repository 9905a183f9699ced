"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { baseAddress } from "./addresses";
import { areChunksValid, ChunkFields, usualChunks } from "./chunk-fields";
import { EmbeddingModelField } from "./embedding-model-field";
import { limits } from "./types";

export interface NewBaseDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for a name; everything else has an answer already. Opens the base that was made. */
export function NewBaseDialog({ open, onOpenChange }: NewBaseDialogProps) {
  const t = useTranslations("knowledge");
  const ui = useTranslations("ui");
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("newTitle")}
        description={t("newHelp")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" busy={busy}>
              {t("create")}
            </Button>
          </>
        }
      >
        <NewBaseForm id={formId} onBusy={setBusy} />
      </DialogContent>
    </Dialog>
  );
}

function NewBaseForm({ id, onBusy }: { readonly id: string; readonly onBusy: (busy: boolean) => void }) {
  const t = useTranslations("knowledge");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [embeddingModel, setEmbeddingModel] = useState("default");
  const [chunks, setChunks] = useState(usualChunks);
  const create = useMutation(
    trpc.knowledge.create.mutationOptions({
      onMutate: () => onBusy(true),
      onError: (error) => {
        onBusy(false);
        onError(error);
      },
      onSuccess: (base) => {
        void queries.invalidateQueries({ queryKey: trpc.knowledge.list.pathKey() });
        router.push(baseAddress(base.id));
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || !areChunksValid(chunks) || create.isPending) return;
    create.mutate({ name: name.trim(), description: description.trim(), embeddingModel, ...chunks });
  };
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      <FormField label={t("name")}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            required
            autoComplete="off"
            maxLength={limits.name}
            placeholder={t("namePlaceholder")}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t("description")} aside={t("optional")}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={limits.description}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </FormField>
      <EmbeddingModelField value={embeddingModel} onChange={setEmbeddingModel} />
      <details className="group rounded-lg border border-line">
        <summary className="flex h-9 list-none items-center gap-1.5 rounded-lg px-3 text-muted hover:text-fg">
          <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" />
          {t("advanced")}
          <span className="ml-auto text-faint text-xs group-open:hidden">
            {t("chunking.summary", { way: t(`chunking.way.${chunks.chunkBy}`), size: chunks.chunkSize })}
          </span>
        </summary>
        <div className="px-3 pt-1 pb-3">
          <ChunkFields value={chunks} onChange={setChunks} />
        </div>
      </details>
    </form>
  );
}
