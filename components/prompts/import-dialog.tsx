"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { parseYaml } from "@/components/editor/openapi/parse-yaml";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { type FiledPrompt, fromPromptFile } from "@/nodes/lib/prompt/prompt-file";

type Imported = RouterOutputs["prompt"]["import"]["imported"][number];
/** Bytes of one file; files at once; prompts of one call. */
const [mostBytes, mostFiles, atOnce] = [4 * 1024 * 1024, 200, 100];
const outcomes = ["created", "versioned", "same", "refused"] as const;

/** Takes prompts out of files, and says of each what became of it. */
export default function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("prompts.import");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [read, setRead] = useState<readonly FiledPrompt[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [imported, setImported] = useState<readonly Imported[] | null>(null);
  const take = useMutation({
    mutationFn: async (prompts: readonly FiledPrompt[]) => {
      const all: Imported[] = [];
      for (let from = 0; from < prompts.length; from += atOnce) {
        const part = prompts.slice(from, from + atOnce);
        all.push(...(await client.prompt.import.mutate({ prompts: [...part] })).imported);
        setImported([...all]);
      }
    },
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() }),
  });
  const readFiles = async (files: readonly File[]) => {
    setRead(null);
    setFault(null);
    setImported(null);
    if (files.length > mostFiles) return setFault(t("tooMany", { most: mostFiles }));
    const found = new Map<string, FiledPrompt>();
    for (const file of files) {
      if (file.size > mostBytes) return setFault(t("tooLarge", { name: file.name, most: mostBytes / 1024 / 1024 }));
      try {
        const prompts = fromPromptFile(await parseYaml(await file.text()));
        if (!prompts.ok) return setFault(t("wrong", { name: file.name, reason: prompts.error }));
        for (const prompt of prompts.value) {
          if (found.has(prompt.slug)) return setFault(t("twice", { name: file.name, slug: prompt.slug }));
          found.set(prompt.slug, prompt);
        }
      } catch (error) {
        const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
        return setFault(t("wrong", { name: file.name, reason }));
      }
    }
    setRead([...found.values()]);
  };
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      action={t(imported === null ? "action" : "done")}
      busy={take.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (imported !== null) onClose();
        else if (read === null) setFault((before) => before ?? t("none"));
        else take.mutate(read);
      }}
    >
      <FormField label={t("files")} error={fault ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="file"
            multiple
            accept=".yaml,.yml,.json"
            onChange={(event) => void readFiles([...(event.target.files ?? [])])}
          />
        )}
      </FormField>
      {read !== null && imported === null ? (
        <p className="break-words text-sm">
          {t("read", {
            count: read.length,
            names: read
              .slice(0, 10)
              .map(({ slug }) => slug)
              .join(", "),
          })}
        </p>
      ) : null}
      {imported === null ? null : (
        <section className="flex flex-col gap-2 text-sm" aria-label={t("result")}>
          {outcomes.map((outcome) => {
            const own = imported.filter((each) => each.outcome === outcome);
            if (own.length === 0) return null;
            return (
              <div key={outcome}>
                <p className={outcome === "refused" ? "text-error" : undefined}>
                  {t(`outcome.${outcome}`, { count: own.length })}
                </p>
                <ul className="max-h-40 list-disc overflow-y-auto pl-5 text-muted text-xs">
                  {own.map(({ slug, reason }) => (
                    <li key={slug} className="break-words">
                      {reason === "" ? slug : `${slug}: ${reason}`}
                    </li>
                  ))}
                </ul>
              </div>
            );
          })}
        </section>
      )}
    </FormDialog>
  );
}
