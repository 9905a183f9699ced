"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { useShownName } from "@/components/shell/use-shown-name";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";

export function WorkspaceSettings({ workspace }: { readonly workspace: RouterOutputs["workspace"]["get"] }) {
  const t = useTranslations("settings.workspace");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const shownName = useShownName();
  const [name, setName] = useState(shownName("workspace", workspace.name));
  const update = useMutation(
    trpc.workspace.update.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved"));
        return queries.invalidateQueries({ queryKey: trpc.workspace.pathKey() });
      },
    }),
  );
  const owner = workspace.role === "owner";
  const wanted = name.trim();
  const changed = wanted !== "" && wanted !== shownName("workspace", workspace.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) update.mutate({ name: wanted });
  };
  return (
    <Section title={t("title")}>
      <form onSubmit={submit} className="flex items-end gap-2">
        <FormField label={t("name")} help={owner ? undefined : t("ownerOnly")} className="w-80">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={80}
              required
              disabled={!owner}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FormField>
        {changed ? (
          <Button type="submit" variant="primary" busy={update.isPending}>
            {t("save")}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
