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
import { readOrigins } from "./read-origins";

/** Whose pages may call published pipelines from the browser. */
export function AllowedOrigins({ workspace }: { readonly workspace: RouterOutputs["workspace"]["get"] }) {
  const t = useTranslations("settings.origins");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [text, setText] = useState(workspace.allowedOrigins.join("\n"));
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
  const { origins, wrong } = readOrigins(text);
  const changed = origins.join("\n") !== workspace.allowedOrigins.join("\n");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && wrong === null) update.mutate({ allowedOrigins: origins });
  };
  return (
    <Section title={t("title")} description={t("description")}>
      <form onSubmit={submit} className="flex max-w-xl flex-col items-start gap-3">
        <FormField
          label={t("list")}
          help={owner ? t("help") : t("ownerOnly")}
          error={wrong === null ? undefined : t("wrong", { line: wrong.slice(0, 80) })}
          className="w-full"
        >
          {(control) => (
            <Textarea
              {...control}
              value={text}
              placeholder="https://www.example.com"
              spellCheck={false}
              disabled={!owner}
              maxLength={5000}
              className="font-mono text-sm"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
        {changed && wrong === null ? (
          <Button type="submit" variant="primary" busy={update.isPending}>
            {t("save")}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
