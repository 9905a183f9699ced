"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { limits } from "../types";

export interface PasteTextDialogProps {
  readonly baseId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Makes a document of a text that is in no file. */
export function PasteTextDialog({ baseId, open, onOpenChange }: PasteTextDialogProps) {
  const t = useTranslations("knowledge.paste");
  const ui = useTranslations("ui");
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("title")}
        description={t("help")}
        className="max-w-2xl"
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" busy={busy}>
              {t("add")}
            </Button>
          </>
        }
      >
        <PasteTextForm id={formId} baseId={baseId} onBusy={setBusy} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

interface PasteTextFormProps {
  readonly id: string;
  readonly baseId: string;
  readonly onBusy: (busy: boolean) => void;
  readonly onDone: () => void;
}

/** The first line that says something, for a name. */
const firstLine = (text: string): string =>
  (
    text
      .slice(0, 2_000)
      .split("\n")
      .find((line) => line.trim() !== "") ?? ""
  )
    .replace(/^#+\s*/, "")
    .trim()
    .slice(0, 80);

function PasteTextForm({ id, baseId, onBusy, onDone }: PasteTextFormProps) {
  const t = useTranslations("knowledge.paste");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [name, setName] = useState<string | null>(null);
  const [text, setText] = useState("");
  const suggested = name ?? firstLine(text);
  const tooLong = text.length > limits.text;
  const add = useMutation(
    trpc.knowledge.addText.mutationOptions({
      onMutate: () => onBusy(true),
      onError,
      onSuccess: ({ duplicates }) => {
        if (duplicates.length > 0) toast.warning(t("duplicate"));
        else onDone();
        return queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() });
      },
      onSettled: () => onBusy(false),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "" || tooLong || suggested.trim() === "" || add.isPending) return;
    add.mutate({ id: baseId, name: suggested.trim(), text });
  };
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      <FormField
        label={t("text")}
        aside={text === "" ? undefined : t("length", { count: text.length })}
        error={tooLong ? t("tooLong", { most: limits.text }) : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            required
            className="h-72 max-h-none"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t("name")} help={t("nameHelp")}>
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="off"
            maxLength={limits.documentName}
            value={suggested}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
    </form>
  );
}
