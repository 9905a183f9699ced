"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { promptFolder } from "@/nodes/lib/prompt/prompt-name";
import type { PromptView } from "./prompt-workbench";

/** What is said about a prompt. Changing it makes no version. */
export function PromptDetails({ prompt }: { readonly prompt: PromptView }) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [name, setName] = useState(prompt.name);
  const [folder, setFolder] = useState(prompt.folder);
  const [taskType, setTaskType] = useState(prompt.taskType);
  const [tags, setTags] = useState(prompt.tags.join(", "));
  const [notes, setNotes] = useState(prompt.notes);
  const update = useMutation(
    trpc.prompt.update.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("detailsSaved"));
        void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
      },
    }),
  );
  const listed = tags
    .split(/[,，]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  const tagProblem =
    listed.length > promptLimits.tags || listed.some((tag) => tag.length > promptLimits.tagLength)
      ? t("tagsProblem", { most: promptLimits.tags, length: promptLimits.tagLength })
      : undefined;
  const folderProblem = promptFolder.safeParse(folder).success ? undefined : t("folderProblem");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || tagProblem !== undefined || folderProblem !== undefined) return;
    update.mutate({ id: prompt.id, name: name.trim(), folder, taskType, tags: listed, notes });
  };
  const fields = [
    { label: t("name"), value: name, set: setName, most: promptLimits.nameLength },
    { label: t("folder"), value: folder, set: setFolder, most: 488, help: t("folderHelp"), error: folderProblem },
    { label: t("taskType"), value: taskType, set: setTaskType, most: promptLimits.taskTypeLength },
    { label: t("tags"), value: tags, set: setTags, most: 900, help: t("tagsHelp"), error: tagProblem },
  ];
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {fields.map(({ label, value, set, most, help, error }) => (
        <FormField key={label} label={label} {...(help ? { help } : {})} {...(error ? { error } : {})}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={most}
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          )}
        </FormField>
      ))}
      <FormField label={t("notes")}>
        {(control) => (
          <Textarea
            {...control}
            rows={5}
            maxLength={promptLimits.notesLength}
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </FormField>
      <Button type="submit" busy={update.isPending} className="self-start">
        {t("saveDetails")}
      </Button>
    </form>
  );
}
