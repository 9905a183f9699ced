"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { NameField } from "../name-field";
import type { McpServer } from "./mcp-servers";

const noCredential = "-";

/** Adds an MCP server, or changes one; it is asked for its tools at once. */
export function McpServerDialog({
  server,
  onClose,
}: {
  readonly server: McpServer | null;
  readonly onClose: () => void;
}) {
  const t = useTranslations("settings.mcp");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const credentials = useQuery(trpc.credential.list.queryOptions());
  const [name, setName] = useState(server?.name ?? "");
  const [url, setUrl] = useState(server?.url ?? "");
  const [credential, setCredential] = useState(server?.credential ?? noCredential);
  const done = {
    onError,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.mcp.pathKey() });
      onClose();
    },
  };
  const create = useMutation(trpc.mcp.create.mutationOptions(done));
  const update = useMutation(trpc.mcp.update.mutationOptions(done));
  const submit = () => {
    const given = { name: name.trim(), url: url.trim(), credential: credential === noCredential ? null : credential };
    if (server === null) create.mutate(given);
    else update.mutate({ id: server.id, ...given });
  };
  return (
    <FormDialog
      title={server === null ? t("newTitle") : t("editTitle", { name: server.name })}
      description={t("dialogDescription")}
      action={t("save")}
      busy={create.isPending || update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField label={t("name")} help={t("nameHelp")} value={name} onChange={setName} />
      <FormField label={t("url")} help={t("urlHelp")}>
        {(control) => (
          <Input
            {...control}
            type="url"
            value={url}
            required
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t("credential")}>
        {(control) => (
          <Select {...control} value={credential} onValueChange={setCredential}>
            <SelectItem value={noCredential}>{t("noCredential")}</SelectItem>
            {(credentials.data ?? []).map((each) => (
              <SelectItem key={each.id} value={each.name}>
                {each.name}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
    </FormDialog>
  );
}
