"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import type { InputField } from "@/runtime/node/define-node";

const schemes = ["standard", "github", "stripe", "header"] as const;

interface TriggerDialogProps {
  readonly deploymentId: string;
  readonly fields: readonly InputField[];
  /** Given the secret, which is shown once. */
  readonly onMade: (secret: string) => void;
  readonly onClose: () => void;
}

/** Makes a trigger: how its sender shows who it is, and what of an event feeds which input. */
export function TriggerDialog({ deploymentId, fields, onMade, onClose }: TriggerDialogProps) {
  const t = useTranslations("triggers");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [name, setName] = useState("");
  const [scheme, setScheme] = useState<(typeof schemes)[number]>("standard");
  const [secret, setSecret] = useState("");
  const [paths, setPaths] = useState<Readonly<Record<string, string>>>({});
  const create = useMutation(
    trpc.trigger.create.mutationOptions({
      onError,
      onSuccess: (made) => {
        void queries.invalidateQueries({ queryKey: trpc.trigger.pathKey() });
        onMade(made.secret);
        onClose();
      },
    }),
  );
  const submit = () => {
    const mapping = Object.fromEntries(
      Object.entries(paths)
        .map(([field, path]) => [field, path.trim()] as const)
        .filter(([, path]) => path !== ""),
    );
    const own = secret.trim();
    create.mutate({ deploymentId, name: name.trim(), scheme, mapping, ...(own === "" ? {} : { secret: own }) });
  };
  return (
    <FormDialog
      title={t("add")}
      description={t("dialogHelp")}
      action={t("make")}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t("name")}>
        {(control) => (
          <Input {...control} required value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        )}
      </FormField>
      <FormField label={t("scheme")} help={t(`schemeHelp.${scheme}`)}>
        {(control) => (
          <Select {...control} value={scheme} onValueChange={(next) => setScheme(next as typeof scheme)}>
            {schemes.map((each) => (
              <SelectItem key={each} value={each}>
                {t(`schemes.${each}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      <FormField label={t("secret")} help={t("secretHelp")}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="off"
            value={secret}
            maxLength={256}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </FormField>
      {fields.map((field) => (
        <FormField key={field.name} label={t("path", { input: field.title || field.name })} help={t("pathHelp")}>
          {(control) => (
            <Input
              {...control}
              value={paths[field.name] ?? ""}
              maxLength={200}
              spellCheck={false}
              className="font-mono"
              placeholder={field.name}
              onChange={(event) => setPaths((now) => ({ ...now, [field.name]: event.target.value }))}
            />
          )}
        </FormField>
      ))}
    </FormDialog>
  );
}
