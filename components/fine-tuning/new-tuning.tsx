"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CheckResult } from "./check-result";
import { TrainerList } from "./trainer-list";
import { TuningFields } from "./tuning-fields";
import { chosen, emptyForm, fromTuning, isComplete, type TuningForm } from "./tuning-form";

/** Rows, base and method of a new training; what is known of it before it begins; and the button that begins it. `from`: one whose settings it begins with. */
export function NewTuning({ from }: { readonly from: string | null }) {
  const t = useTranslations("tuning");
  const registry = useTranslations("registry");
  const trpc = useTRPC();
  const router = useRouter();
  const onError = useErrorToast();
  const [form, setForm] = useState<TuningForm>(emptyForm);
  const parent = useQuery(trpc.fineTuning.get.queryOptions({ id: from ?? "" }, { enabled: from !== null }));
  const trainers = useQuery(trpc.fineTuning.trainers.queryOptions());
  useEffect(() => {
    if (parent.data !== undefined && trainers.data !== undefined) setForm(fromTuning(parent.data, trainers.data));
  }, [parent.data, trainers.data]);
  const check = useMutation(trpc.fineTuning.check.mutationOptions({ onError }));
  const start = useMutation(
    trpc.fineTuning.start.mutationOptions({ onError, onSuccess: ({ id }) => router.push(`/registry/fine-tune/${id}`) }),
  );
  const parents = useMemo(
    () => [
      { title: registry("title"), href: "/registry" },
      { title: t("title"), href: "/registry/fine-tune" },
    ],
    [t, registry],
  );
  const trainer = trainers.data?.find(({ id }) => id === form.trainerId);
  const gpuBytes = trainer?.capabilities?.devices[0]?.memoryBytes ?? null;
  const complete = isComplete(form);
  const change = (next: Partial<TuningForm>) => {
    setForm((before) => ({ ...before, ...next }));
    check.reset();
  };
  return (
    <>
      <PageHeader title={t("new")} parents={parents} />
      <PageBody className="max-w-4xl">
        {trainers.data?.length === 0 ? <TrainerList /> : null}
        {parent.data === undefined ? null : (
          <p className="text-muted text-sm">{t("form.prefilled", { name: parent.data.name })}</p>
        )}
        <TuningFields form={form} onChange={change} trainers={trainers.data ?? []} />
        {check.data === undefined ? null : <CheckResult check={check.data} gpuBytes={gpuBytes} />}
        <div className="flex items-center gap-2">
          <Button disabled={!complete} busy={check.isPending} onClick={() => check.mutate(chosen(form))}>
            {t("form.check")}
          </Button>
          <Button
            variant="primary"
            disabled={!complete || form.name.trim() === "" || check.data === undefined || check.data.stops.length > 0}
            busy={start.isPending}
            onClick={() =>
              start.mutate({
                ...chosen(form),
                name: form.name,
                samplePrompts: form.samples
                  .split("\n")
                  .map((line) => line.trim())
                  .filter(Boolean)
                  .slice(0, 5),
                ...(from !== null && { parentId: from }),
              })
            }
          >
            {t("form.start")}
          </Button>
          {check.data !== undefined && check.data.stops.length > 0 ? (
            <span className="text-error text-sm">{t("form.startAnyway")}</span>
          ) : null}
        </div>
      </PageBody>
    </>
  );
}
