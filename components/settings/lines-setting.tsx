"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";

interface LinesSettingProps {
  readonly workspace: RouterOutputs["workspace"]["get"];
  readonly name: "allowedOrigins" | "toolHosts";
  readonly id?: string;
  readonly texts: Readonly<
    Record<"title" | "description" | "list" | "help" | "ownerOnly" | "saved" | "save" | "example", string>
  >;
  /** Most characters. */
  readonly maxLength: number;
  /** What is kept of the text, and what is wrong with it. */
  readonly read: (text: string) => { readonly lines: readonly string[]; readonly error?: string };
}

/** A list of the workspace, one entry a line, that its owners change. */
export function LinesSetting({ workspace, name, id, texts, maxLength, read }: LinesSettingProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [text, setText] = useState(workspace[name].join("\n"));
  const update = useMutation(
    trpc.workspace.update.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(texts.saved);
        return queries.invalidateQueries({ queryKey: trpc.workspace.pathKey() });
      },
    }),
  );
  const owner = workspace.role === "owner";
  const { lines, error } = read(text);
  const canSave = error === undefined && lines.join("\n") !== workspace[name].join("\n");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) update.mutate({ [name]: lines });
  };
  return (
    <Section id={id} title={texts.title} description={texts.description}>
      <form onSubmit={submit} className="flex max-w-xl flex-col items-start gap-3">
        <FormField label={texts.list} help={owner ? texts.help : texts.ownerOnly} error={error} className="w-full">
          {(control) => (
            <Textarea
              {...control}
              value={text}
              placeholder={texts.example}
              spellCheck={false}
              disabled={!owner}
              maxLength={maxLength}
              className="font-mono text-sm"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
        {canSave ? (
          <Button type="submit" variant="primary" busy={update.isPending}>
            {texts.save}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
