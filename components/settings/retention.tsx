"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { formatSize } from "@/components/run/file-value";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";

type Policy = RouterOutputs["retention"]["get"];
type Field = keyof Policy;

const bounds = { Days: 3650, Megabytes: 10_000_000 } as const;
const fields = [
  "keepRunsDays",
  "keepRunsMegabytes",
  "keepFilesDays",
  "keepFilesMegabytes",
  "keepConversationsDays",
] as const satisfies readonly Field[];
const mostOf = (field: Field): number => (field.endsWith("Days") ? bounds.Days : bounds.Megabytes);

/** null: without end; undefined: not a number that is allowed. */
const read = (text: string, most: number): number | null | undefined => {
  if (text.trim() === "") return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
};

/** How long runs and files are kept, with what that would remove. */
export function Retention({ mayChange }: { readonly mayChange: boolean }) {
  const t = useTranslations("settings.retention");
  const trpc = useTRPC();
  const policy = useQuery(trpc.retention.get.queryOptions());
  return (
    <Section id="retention" title={t("title")} description={t("description")}>
      {policy.data ? (
        <RetentionForm key={JSON.stringify(policy.data)} policy={policy.data} mayChange={mayChange} />
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
    </Section>
  );
}

function RetentionForm({ policy, mayChange }: { readonly policy: Policy; readonly mayChange: boolean }) {
  const t = useTranslations("settings.retention");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [texts, setTexts] = useState<Record<Field, string>>(() => ({
    keepRunsDays: policy.keepRunsDays?.toString() ?? "",
    keepRunsMegabytes: policy.keepRunsMegabytes?.toString() ?? "",
    keepFilesDays: policy.keepFilesDays?.toString() ?? "",
    keepFilesMegabytes: policy.keepFilesMegabytes?.toString() ?? "",
    keepConversationsDays: policy.keepConversationsDays?.toString() ?? "",
  }));
  const values = fields.map((field) => [field, read(texts[field], mostOf(field))] as const);
  const valid = values.every(([, value]) => value !== undefined);
  const wanted = Object.fromEntries(values.map(([field, value]) => [field, value ?? null])) as Policy;
  const changed = fields.some((field) => wanted[field] !== policy[field]);
  const on = fields.some((field) => wanted[field] !== null);
  const forecast = useQuery({
    ...trpc.retention.forecast.queryOptions(wanted),
    enabled: mayChange && valid && on,
    placeholderData: keepPreviousData,
  });
  const save = useMutation(
    trpc.retention.set.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved"));
        return queries.invalidateQueries({ queryKey: trpc.retention.pathKey() });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid && changed) save.mutate(wanted);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
        {values.map(([field, value]) => (
          <FormField
            key={field}
            label={t(`fields.${field}`)}
            error={value === undefined ? t("wrong", { most: mostOf(field) }) : undefined}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                className="tabular"
                placeholder={t("forever")}
                maxLength={8}
                disabled={!mayChange}
                value={texts[field]}
                onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
              />
            )}
          </FormField>
        ))}
      </div>
      {mayChange && on && valid && forecast.data ? (
        <p className="text-muted text-sm" role="status">
          {t("forecast", {
            runs: forecast.data.runs.count,
            runBytes: formatSize(forecast.data.runs.bytes),
            sheets: forecast.data.sheets,
            files: forecast.data.files.count,
            conversations: forecast.data.conversations,
            fileBytes: formatSize(forecast.data.files.bytes),
          })}{" "}
          {forecast.data.runs.kept + forecast.data.files.kept > 0
            ? t("kept", { runs: forecast.data.runs.kept, files: forecast.data.files.kept })
            : null}
        </p>
      ) : null}
      {changed && valid ? (
        <div>
          <Button type="submit" variant={on ? "danger" : "primary"} busy={save.isPending}>
            {on ? t("saveOn") : t("saveOff")}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
