"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { Deliveries } from "./deliveries";

/** Where the ends of background runs are reported, and how that went. */
export function WebhookSection({ deploymentId }: { readonly deploymentId: string }) {
  const t = useTranslations("deployments.webhook");
  const trpc = useTRPC();
  const webhook = useQuery(trpc.webhook.get.queryOptions({ deploymentId }));
  return (
    <Section title={t("title")} description={t("description")}>
      {webhook.isError ? (
        <QueryError error={webhook.error} onRetry={() => void webhook.refetch()} />
      ) : webhook.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : (
        <WebhookForm key={webhook.data?.url ?? ""} deploymentId={deploymentId} webhook={webhook.data} />
      )}
      <Deliveries deploymentId={deploymentId} />
    </Section>
  );
}

interface WebhookFormProps {
  readonly deploymentId: string;
  readonly webhook: RouterOutputs["webhook"]["get"];
}

function WebhookForm({ deploymentId, webhook }: WebhookFormProps) {
  const t = useTranslations("deployments.webhook");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.webhook.pathKey() });
  const save = useMutation(
    trpc.webhook.set.mutationOptions({
      onError,
      onSuccess: ({ secret: made }) => {
        // The form is made anew once the address has changed, so the secret is shown first.
        if (made === null) {
          toast.success(t("saved"));
          return refresh();
        }
        setSecret(made);
      },
    }),
  );
  const renew = useMutation(
    trpc.webhook.renewSecret.mutationOptions({ onError, onSuccess: ({ secret: made }) => setSecret(made) }),
  );
  const test = useMutation(
    trpc.webhook.test.mutationOptions({
      onError,
      onSuccess: ({ httpStatus, problem }) => {
        if (httpStatus !== null && httpStatus < 300) toast.success(t("tested", { status: httpStatus }));
        else toast.error(problem ?? t("answered", { status: httpStatus ?? 0 }));
      },
    }),
  );
  const remove = useMutation(trpc.webhook.remove.mutationOptions({ onError, onSuccess: refresh }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ deploymentId, url: url.trim() });
  };
  const isChanged = url.trim() !== "" && url.trim() !== webhook?.url;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <FormField label={t("url")} help={t("urlHelp")} className="max-w-2xl">
        {(control) => (
          <Input
            {...control}
            type="url"
            value={url}
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            placeholder={t("urlExample")}
            className="font-mono"
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </FormField>
      <div className="flex flex-wrap gap-2">
        {isChanged ? (
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t("save")}
          </Button>
        ) : null}
        {webhook === null || isChanged ? null : (
          <>
            <Button busy={test.isPending} onClick={() => test.mutate({ deploymentId })}>
              {t("test")}
            </Button>
            <Button busy={renew.isPending} onClick={() => renew.mutate({ deploymentId })}>
              {t("renew")}
            </Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({ deploymentId })}>
              {t("remove")}
            </Button>
          </>
        )}
      </div>
      <SecretDialog
        secret={secret}
        onClose={() => {
          setSecret(null);
          void refresh();
        }}
      />
    </form>
  );
}

/** Shown this once: afterwards nothing gives it back. */
export function SecretDialog({ secret, onClose }: { readonly secret: string | null; readonly onClose: () => void }) {
  const t = useTranslations("deployments.webhook");
  const ui = useTranslations("ui");
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("secretTitle")}
        description={t("secretHelp")}
        footer={
          <DialogClose asChild>
            <Button variant="primary">{t("done")}</Button>
          </DialogClose>
        }
      >
        <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-2 pr-2 pl-3">
          <code className="min-w-0 flex-1 break-all font-mono text-xs">{secret}</code>
          <CopyButton value={secret ?? ""} label={ui("copy")} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
