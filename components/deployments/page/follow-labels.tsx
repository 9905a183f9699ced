"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Switch } from "@/components/ui/switch";
import type { DeploymentPageData } from "./deployment-page";

/** Whether what is live goes along when a label of a prompt moves; shown where its steps hold one by a label. */
export function FollowLabels({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.page");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const id = useId();
  const { followsPrompts, holdsLabels } = deployment;
  const set = useMutation(
    trpc.deployment.setFollow.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployment.page.queryKey({ id: deployment.id }) }),
    }),
  );
  if (!holdsLabels && !followsPrompts) return null;
  return (
    <Section title={t("prompts")} description={t("followHelp")}>
      <div className="flex items-center gap-2.5 text-sm">
        <Switch
          id={id}
          checked={set.isPending ? set.variables.follows : followsPrompts}
          onCheckedChange={(follows) => set.mutate({ id: deployment.id, follows })}
        />
        <label htmlFor={id}>{t("follow")}</label>
      </div>
    </Section>
  );
}
