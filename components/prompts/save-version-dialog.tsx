"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { type PromptContent, promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { ContentDifference } from "./content-difference";

interface SaveVersionDialogProps {
  /** What it will be called. */
  readonly number: number;
  /** There is a newer version than the one that it was made from. */
  readonly branches: boolean;
  readonly before: PromptContent;
  readonly after: PromptContent;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSave: (note: string) => void;
}

/** Shows what changed, word by word, and asks why. */
export function SaveVersionDialog(props: SaveVersionDialogProps) {
  const { number, branches, before, after, busy, onClose, onSave } = props;
  const t = useTranslations("prompts");
  const [note, setNote] = useState("");
  return (
    <FormDialog
      title={t("saveTitle", { number })}
      description={branches ? t("saveBranch") : t("saveHelp")}
      action={t("save")}
      busy={busy}
      onSubmit={() => onSave(note)}
      onClose={onClose}
    >
      <FormField label={t("versionNote")}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            maxLength={promptLimits.noteLength}
            placeholder={t("versionNotePlaceholder")}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </FormField>
      <ContentDifference before={before} after={after} />
    </FormDialog>
  );
}
