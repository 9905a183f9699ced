"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { emptyContent, type PromptKind, promptKinds } from "@/nodes/lib/prompt/prompt-content";
import { splitName } from "@/nodes/lib/prompt/prompt-name";
import { PromptNameField } from "./prompt-name-field";
import { useCreatePrompt } from "./use-create-prompt";

interface NewPromptDialogProps {
  /** Where the person stands in the library. */
  readonly folder: string;
  readonly onClose: () => void;
}

/** Asks for a name, a kind and the first words; opens what was made. A `/` in the name makes folders. */
export function NewPromptDialog({ folder, onClose }: NewPromptDialogProps) {
  const t = useTranslations("prompts");
  const router = useRouter();
  const [name, setName] = useState(folder === "" ? "" : `${folder}/`);
  const [kind, setKind] = useState<PromptKind>("chat");
  const [text, setText] = useState("");
  const create = useCreatePrompt((id) => router.push(`/prompts/${id}`));
  const submit = () => {
    const place = splitName(name);
    if (place.name === "" || text.trim() === "" || create.isPending) return;
    create.mutate({ ...place, kind, content: { ...emptyContent, user: text } });
  };
  return (
    <FormDialog
      title={t("new")}
      description={t("newHelp")}
      action={t("create")}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <PromptNameField value={name} onChange={setName} />
      <FormField label={t("column.kind")} help={t(`kindHelp.${kind}`)}>
        {() => (
          <Segmented
            label={t("column.kind")}
            value={kind}
            onValueChange={setKind}
            options={promptKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            className="self-start"
          />
        )}
      </FormField>
      <FormField label={t(`text.${kind}`)} help={t("textHelp", { braces: "{{name}}" })}>
        {(control) => (
          <Textarea {...control} required rows={6} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </FormField>
    </FormDialog>
  );
}
