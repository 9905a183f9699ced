"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { readHosts } from "./read-hosts";

/** Where steps may call out to. */
export function ToolHosts({ workspace }: { readonly workspace: RouterOutputs["workspace"]["get"] }) {
  const t = useTranslations("settings.toolHosts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [text, setText] = useState(workspace.toolHosts.join("\n"));
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
  const hosts = readHosts(text);
  const changed = hosts.join("\n") !== workspace.toolHosts.join("\n");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) update.mutate({ toolHosts: hosts });
  };
  return (
    <Section id="tool-hosts" title={t("title")} description={t("description")}>
      <form onSubmit={submit} className="flex max-w-xl flex-col items-start gap-3">
        <FormField label={t("list")} help={owner ? t("help") : t("ownerOnly")} className="w-full">
          {(control) => (
            <Textarea
              {...control}
              value={text}
              placeholder={t("hostsExample")}
              spellCheck={false}
              disabled={!owner}
              maxLength={20_000}
              className="font-mono text-sm"
              onChange={(event) => setText(event.target.value)}
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
