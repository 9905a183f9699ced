"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import type { DeploymentPageData } from "../page/deployment-page";
import { BreakingList } from "./breaking-list";
import { EnvironmentField } from "./environment-field";

/** Takes what is live here into another environment. */
export function PromoteButton({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.promote");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      {open ? <PromoteDialog deployment={deployment} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const nextOf = (environment: string): string =>
  environment === "development" ? "staging" : environment === "production" ? "staging" : "production";

interface PromoteDialogProps {
  readonly deployment: DeploymentPageData;
  readonly onClose: () => void;
}

function PromoteDialog({ deployment, onClose }: PromoteDialogProps) {
  const t = useTranslations("deployments.promote");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, pipeline } = deployment;
  const [environment, setEnvironment] = useState(nextOf(deployment.environment));
  const [slug, setSlug] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [isMeant, setIsMeant] = useState(false);
  const isName = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(environment) && environment !== deployment.environment;
  const compared = useQuery(
    trpc.deployment.comparePromotion.queryOptions({ id, environment }, { enabled: isName, staleTime: 0 }),
  );
  const suggested = useQuery(
    trpc.deployment.suggestSlug.queryOptions({ pipelineId: pipeline.id, environment }, { enabled: isName }),
  );
  const promote = useMutation(
    trpc.deployment.promote.mutationOptions({
      onError,
      onSuccess: ({ number }) => {
        toast.success(t("done", { number, environment }));
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
    }),
  );
  const seen = compared.data;
  const address = slug ?? suggested.data?.slug ?? "";
  const submit = () => {
    if (seen === undefined) return;
    promote.mutate({
      id,
      environment,
      revisionId: seen.revisionId,
      liveId: seen.live?.revisionId ?? null,
      note,
      confirmsBreaking: isMeant,
      ...(seen.live === null && { slug: address }),
    });
  };
  return (
    <FormDialog
      title={t("title", { number: deployment.revisionNumber })}
      description={t("description")}
      action={t("action")}
      busy={promote.isPending || (isName && compared.isPending)}
      onSubmit={submit}
      onClose={onClose}
    >
      <EnvironmentField
        value={environment}
        except={deployment.environment}
        onChange={(next) => {
          setEnvironment(next);
          setSlug(null);
          setIsMeant(false);
        }}
      />
      {compared.isError ? <QueryError error={compared.error} onRetry={() => void compared.refetch()} /> : null}
      {seen === undefined ? null : (
        <>
          <p className="text-muted text-sm">
            {seen.live === null
              ? t("first", { environment })
              : t("replaces", { environment, number: seen.live.number, slug: seen.live.slug })}{" "}
            {t(seen.isGuarded ? "guarded" : "unguarded")}
          </p>
          {seen.live === null ? (
            <FormField label={t("slug")}>
              {(control) => (
                <Input
                  {...control}
                  className="font-mono text-xs"
                  maxLength={63}
                  required
                  value={address}
                  onChange={(event) => setSlug(event.target.value)}
                />
              )}
            </FormField>
          ) : null}
          <FormField label={t("note")}>
            {(control) => (
              <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </FormField>
          <BreakingList changes={seen.breaking} />
          {seen.breaking.length > 0 ? (
            // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox stands in it.
            <label className="flex items-center gap-2 text-sm">
              <Checkbox checked={isMeant} onCheckedChange={(next) => setIsMeant(next === true)} />
              {t("confirm")}
            </label>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
