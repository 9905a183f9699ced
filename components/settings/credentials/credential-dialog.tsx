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
import { NameField } from "../name-field";
import type { Credential } from "./credentials";
import { readHosts } from "./read-hosts";

type Settings = NonNullable<Credential["settings"]>;
type Kind = Settings["kind"];
const kinds = ["bearer", "basic", "header", "query", "oauth2"] as const satisfies readonly Kind[];

/** What of each kind stands beside the secret. */
const fieldsOf = {
  bearer: [],
  basic: ["user"],
  header: ["header"],
  query: ["parameter"],
  oauth2: ["tokenUrl", "clientId", "scope"],
} as const satisfies Record<Kind, readonly string[]>;
type FieldName = (typeof fieldsOf)[Kind][number];

const initial: Readonly<Record<FieldName, string>> = {
  user: "",
  header: "X-API-Key",
  parameter: "api_key",
  tokenUrl: "",
  clientId: "",
  scope: "",
};

/** Makes a credential, or changes one. The secret that is kept never comes here: empty leaves it as it is. */
export function CredentialDialog({
  credential,
  onClose,
}: {
  readonly credential: Credential | null;
  readonly onClose: () => void;
}) {
  const t = useTranslations("settings.credentials");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [name, setName] = useState(credential?.name ?? "");
  const [kind, setKind] = useState<Kind>(credential?.settings?.kind ?? "bearer");
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({ ...initial, ...credential?.settings });
  const [hosts, setHosts] = useState(credential?.hosts.join(", ") ?? "");
  const [secret, setSecret] = useState("");
  const done = {
    onError,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.credential.pathKey() });
      onClose();
    },
  };
  const create = useMutation(trpc.credential.create.mutationOptions(done));
  const update = useMutation(trpc.credential.update.mutationOptions(done));
  const submit = () => {
    const own = Object.fromEntries(fieldsOf[kind].map((field) => [field, (fields[field] ?? "").trim()]));
    const settings = { kind, ...own } as Settings;
    const given = { name: name.trim(), hosts: readHosts(hosts), settings };
    if (credential === null) create.mutate({ ...given, secret });
    else update.mutate({ id: credential.id, ...given, ...(secret === "" ? {} : { secret }) });
  };
  return (
    <FormDialog
      title={credential === null ? t("newTitle") : t("editTitle", { name: credential.name })}
      description={t("dialogDescription")}
      action={t("save")}
      busy={create.isPending || update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField label={t("name")} help={t("nameHelp")} value={name} onChange={setName} />
      <FormField label={t("kindLabel")}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            disabled={credential !== null}
            onValueChange={(value) => setKind(value as Kind)}
          >
            {kinds.map((each) => (
              <SelectItem key={each} value={each}>
                {t(`kind.${each}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      {fieldsOf[kind].map((field) => (
        <FormField key={field} label={t(`field.${field}`)}>
          {(control) => (
            <Input
              {...control}
              value={fields[field] ?? ""}
              required={field !== "scope"}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setFields({ ...fields, [field]: event.target.value })}
            />
          )}
        </FormField>
      ))}
      <FormField label={t(`secret.${kind}`)} help={credential === null ? t("secretHelp") : t("secretKept")}>
        {(control) => (
          <Input
            {...control}
            type="password"
            value={secret}
            required={credential === null}
            maxLength={8000}
            autoComplete="new-password"
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t("hosts")} help={t("hostsHelp")}>
        {(control) => (
          <Input
            {...control}
            value={hosts}
            required
            placeholder={t("hostsExample")}
            spellCheck={false}
            autoComplete="off"
            maxLength={5000}
            onChange={(event) => setHosts(event.target.value)}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
