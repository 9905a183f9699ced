"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toaster";
import { emptyContent, promptContent } from "@/nodes/lib/prompt/prompt-content";
import { type Locale, locales } from "@/runtime/node/localized";
import type { Starter } from "@/templates/prompts/starter";
import { starters } from "@/templates/prompts/starters";

/** Prompts to begin with, in either language; taking one over makes a prompt and a dataset of its cases. */
export default function StarterDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("prompts");
  const own = useLocale() as Locale;
  const [locale, setLocale] = useState<Locale>(own);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const take = useMutation({
    mutationFn: async ({ kind, taskType, settings, text }: Starter) => {
      const { name, tests, variables = {}, system, user, examples = [] } = text[locale];
      const content = promptContent.parse({
        ...emptyContent,
        system,
        user,
        examples,
        variables: Object.entries(variables).map(([variable, description]) => ({ name: variable, description })),
        settings: settings ?? {},
      });
      const made = await client.prompt.create.mutate({ name, kind, taskType, content, tags: [t("starterTag")] });
      const inputs = Object.keys(tests[0]?.inputs ?? {});
      const dataset = await client.dataset.create.mutate({
        name: t("starterCases", { name }),
        columns: [
          ...inputs.map((column) => ({ name: column, role: "input" as const })),
          { name: t("starterExpected"), role: "expected" as const },
        ],
      });
      await client.dataset.addRows.mutate({
        id: dataset.id,
        rows: tests.map(({ inputs: values, expected }) => ({
          inputs: values,
          expected: expected === undefined ? {} : { [t("starterExpected")]: expected },
        })),
      });
      return { ...made, name };
    },
    onError,
    onSuccess: ({ id, name }) => {
      toast.success(t("starterTaken", { name }));
      void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
      void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
      router.push(`/prompts/${id}`);
    },
  });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t("starters")} description={t("startersHelp")} className="max-w-2xl">
        <div className="flex flex-col gap-3">
          <Segmented
            label={t("starterLanguage")}
            value={locale}
            onValueChange={setLocale}
            options={locales.map((value) => ({ value, label: t(`language.${value}`) }))}
            className="self-start"
          />
          <ul className="divide-y divide-line rounded-lg border border-line">
            {starters.map((starter) => (
              <li key={starter.key} className="flex items-center gap-3 px-3 py-2">
                <span className="min-w-0 flex-1">
                  <span className="flex items-center gap-2 text-sm">
                    <span className="truncate font-medium">{starter.text[locale].name}</span>
                    <Badge tone="outline">{t(`kind.${starter.kind}`)}</Badge>
                  </span>
                  <span className="block text-muted text-xs">{starter.summary[own]}</span>
                </span>
                <Button
                  size="sm"
                  disabled={take.isPending}
                  busy={take.isPending && take.variables.key === starter.key}
                  aria-label={t("takeStarter", { name: starter.text[locale].name })}
                  onClick={() => take.mutate(starter)}
                >
                  {t("take")}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </DialogContent>
    </Dialog>
  );
}
