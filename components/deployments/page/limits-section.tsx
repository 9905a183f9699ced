"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { LimitFields, limitTexts, readLimits } from "@/components/settings/limit-fields";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { DeploymentPageData } from "./deployment-page";

/** What all callers may use together. */
export function LimitsSection({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.limits");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, limits, used } = deployment;
  const [texts, setTexts] = useState(() => limitTexts(limits));
  const save = useMutation(
    trpc.deployment.setLimits.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved"));
        return queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() });
      },
    }),
  );
  const read = readLimits(texts);
  const isChanged = JSON.stringify(texts) !== JSON.stringify(limitTexts(limits));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read !== null) save.mutate({ id, limits: read });
  };
  return (
    <Section title={t("title")} description={t("description")}>
      <form onSubmit={submit} className="flex max-w-3xl flex-col items-start gap-3">
        <LimitFields texts={texts} onChange={setTexts} used={used} />
        {isChanged ? (
          <Button type="submit" variant="primary" busy={save.isPending} disabled={read === null}>
            {t("save")}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
