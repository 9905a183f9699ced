"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { KeyDeployments } from "./key-deployments";
import { KeyRights, usualRights } from "./key-rights";
import { LimitFields, limitTexts, readLimits } from "./limit-fields";
import { NameField } from "./name-field";

const lifetimes = ["never", "30", "90", "365"] as const;

interface NewApiKeyDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Names a key, then shows it: this once, since the server keeps only its hash. */
export function NewApiKeyDialog({ open, onOpenChange }: NewApiKeyDialogProps) {
  const t = useTranslations("settings.apiKeys");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const formId = useId();
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState<string>("90");
  const [rights, setRights] = useState(usualRights);
  const [limits, setLimits] = useState(() => limitTexts({}));
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const create = useMutation(
    trpc.apiKey.create.mutationOptions({
      onError,
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() }),
    }),
  );
  const change = (next: boolean) => {
    if (!next) {
      create.reset();
      setName("");
      setRights(usualRights);
      setChosen(null);
      setLimits(limitTexts({}));
    }
    onOpenChange(next);
  };
  const read = readLimits(limits);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: name.trim(),
      ...rights,
      ...(Object.keys(read ?? {}).length > 0 && { limits: read ?? {} }),
      ...(chosen && { deploymentIds: [...chosen] }),
      ...(lifetime === "never" ? {} : { expiresInDays: Number(lifetime) }),
    });
  };
  const nothing = read === null || chosen?.length === 0 || !Object.values(rights).some(Boolean);
  if (create.data)
    return (
      <Dialog open={open} onOpenChange={change}>
        <DialogContent
          title={t("made")}
          description={t("madeHelp")}
          footer={
            <DialogClose asChild>
              <Button variant="primary">{t("done")}</Button>
            </DialogClose>
          }
        >
          <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-2 pr-2 pl-3">
            <code className="min-w-0 flex-1 break-all font-mono text-xs">{create.data.key}</code>
            <CopyButton value={create.data.key} label={ui("copy")} />
          </div>
        </DialogContent>
      </Dialog>
    );
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title={t("newTitle")}
        description={t("newDescription")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" busy={create.isPending} disabled={nothing}>
              {t("create")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
          <NameField label={t("name")} help={t("nameHelp")} value={name} onChange={setName} />
          <FormField label={t("lifetime")}>
            {(control) => (
              <Select {...control} value={lifetime} onValueChange={setLifetime}>
                {lifetimes.map((value) => (
                  <SelectItem key={value} value={value}>
                    {value === "never" ? t("never") : t("days", { days: Number(value) })}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
          <KeyDeployments chosen={chosen} onChange={setChosen} />
          <LimitFields texts={limits} onChange={setLimits} />
          <KeyRights rights={rights} onChange={setRights} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
