"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { DeploymentPageData } from "../page/deployment-page";
import { SecretDialog } from "../webhook/webhook-section";
import { TriggerDialog } from "./trigger-dialog";

type Trigger = RouterOutputs["trigger"]["list"][number];

/** Addresses that other programs call when something happened there. */
export function TriggersSection({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("triggers");
  const trpc = useTRPC();
  const { id: deploymentId, inputFields } = deployment;
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const found = useQuery(trpc.trigger.list.queryOptions({ deploymentId }, { refetchInterval: 30_000 }));
  return (
    <Section
      id="triggers"
      title={t("title")}
      description={t("description")}
      aside={<Button onClick={() => setOpen(true)}>{t("add")}</Button>}
    >
      {found.isError ? (
        <QueryError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : found.data.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-lg border border-line" aria-label={t("title")}>
          {found.data.map((trigger) => (
            <TriggerRow key={trigger.id} trigger={trigger} />
          ))}
        </ul>
      )}
      {isOpen ? (
        <TriggerDialog
          deploymentId={deploymentId}
          fields={inputFields}
          onMade={setSecret}
          onClose={() => setOpen(false)}
        />
      ) : null}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Section>
  );
}

function TriggerRow({ trigger }: { readonly trigger: Trigger }) {
  const t = useTranslations("triggers");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.trigger.pathKey() });
  const update = useMutation(trpc.trigger.update.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.trigger.remove.mutationOptions({ onError, onSettled }));
  const { id, name, scheme, mapping, active, url, events } = trigger;
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5" data-testid="trigger">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={active ? "ok" : "neutral"}>{t(active ? "on" : "off")}</Badge>
        <span className="min-w-0 truncate font-medium">{name}</span>
        <span className="text-muted text-sm">{t(`schemes.${scheme}`)}</span>
        <span className="ml-auto flex items-center gap-1">
          <Button
            size="sm"
            busy={update.isPending}
            onClick={() => update.mutate({ id, name, mapping, active: !active })}
          >
            {t(active ? "pause" : "resume")}
          </Button>
          <Button size="sm" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
            {t("remove")}
          </Button>
        </span>
      </div>
      <p className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 truncate font-mono text-xs">{url}</code>
        <CopyButton value={url} size="sm" />
      </p>
      {events.length === 0 ? null : (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted">{t("log", { count: events.length })}</summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {events.map((event) => (
              <li key={event.id} className="flex min-w-0 items-baseline gap-2">
                <RelativeTime date={event.at} className="w-28 shrink-0 text-faint text-xs" />
                {event.isTaken ? (
                  <a href={`/runs/${event.id}`} className="text-accent-text hover:underline">
                    {t("taken")}
                  </a>
                ) : (
                  <span className="min-w-0 truncate text-warn" title={event.problem ?? undefined}>
                    {event.problem}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
