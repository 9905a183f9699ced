"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { DeploymentPageData } from "../page/deployment-page";

const parts = ["question", "instructions", "history", "user", "answer"] as const;
type Part = (typeof parts)[number];

/** A value that no input or output has as its name. */
const none = "-";

/** How clients of OpenAI reach it, and which inputs take what of a chat. */
export function ChatSection({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.chat");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, slug, chat, inputFields, outputs } = deployment;
  const save = useMutation(
    trpc.deployment.setChatMapping.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
    }),
  );
  const choose = (part: Part, name: string) => {
    const chosen = name === none ? null : name;
    // An input takes one part: whoever had it gives it up.
    const others = Object.fromEntries(
      parts.map((each) => [
        each,
        part !== "answer" && each !== "answer" && chat.mapping[each] === chosen ? null : chat.mapping[each],
      ]),
    );
    save.mutate({ id, mapping: { ...chat.mapping, ...others, [part]: chosen } });
  };
  const choicesOf = (part: Part): readonly string[] => {
    if (part === "answer") return outputs.map(({ name }) => name);
    const kinds = part === "history" ? ["text", "json"] : ["text", "choice"];
    return inputFields.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  };
  return (
    <Section title={t("title")} description={t("description")}>
      <dl className="grid max-w-2xl grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-1 text-sm">
        <Fact label={t("baseUrl")} value={chat.baseUrl} />
        <Fact label={t("model")} value={slug} />
        <Fact label={t("mcp")} value={chat.mcpUrl} />
      </dl>
      <div className="grid gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {parts.map((part) => (
          <FormField key={part} label={t(`part.${part}`)}>
            {(control) => (
              <Select
                {...control}
                value={chat.mapping[part] ?? none}
                disabled={save.isPending}
                onValueChange={(name) => choose(part, name)}
              >
                <SelectItem value={none}>{t("nothing")}</SelectItem>
                {choicesOf(part).map((name) => (
                  <SelectItem key={name} value={name}>
                    {name}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
        ))}
      </div>
      <p className="flex min-h-8 items-center gap-3 text-muted text-sm">
        {t(chat.isChosen ? "chosen" : "guessed")}
        {chat.isChosen ? (
          <Button size="sm" busy={save.isPending} onClick={() => save.mutate({ id, mapping: null })}>
            {t("guess")}
          </Button>
        ) : null}
      </p>
    </Section>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 truncate font-mono">{value}</code>
        <CopyButton value={value} size="sm" />
      </dd>
    </>
  );
}
