"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

export interface RenameDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly name: string;
  /** Rejects when it failed; the dialog then stays, with what was typed. */
  readonly onRename: (name: string) => Promise<unknown>;
}

export function RenameDialog({ open, onOpenChange, name, onRename }: RenameDialogProps) {
  const t = useTranslations("pipelines");
  const ui = useTranslations("ui");
  const formId = useId();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    if (wanted === "") return;
    if (wanted === name) return onOpenChange(false);
    setBusy(true);
    try {
      await onRename(wanted);
      onOpenChange(false);
    } catch {
      // Told by a toast already; the dialog stays open so that nothing typed is lost.
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("renameTitle")}
        className="max-w-sm"
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" busy={busy}>
              {t("rename")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit}>
          <FormField label={t("name")}>
            {(control) => (
              <Input {...control} name="name" defaultValue={name} required maxLength={120} autoComplete="off" />
            )}
          </FormField>
        </form>
      </DialogContent>
    </Dialog>
  );
}
