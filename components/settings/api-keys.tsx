"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { apiKeyState } from "./api-key-state";
import { NewApiKeyDialog } from "./new-api-key-dialog";
import { RotateKey } from "./rotate-key";

type ApiKey = RouterOutputs["apiKey"]["list"]["items"][number];

interface ApiKeysProps {
  readonly role: "owner" | "editor" | "viewer";
}

/** The keys that published pipelines are called with. */
export function ApiKeys({ role }: ApiKeysProps) {
  const t = useTranslations("settings.apiKeys");
  const trpc = useTRPC();
  const keys = useQuery({ ...trpc.apiKey.list.queryOptions({ limit: 100 }), enabled: role === "owner" });
  const [creating, setCreating] = useState(false);
  if (role !== "owner")
    return (
      <Section id="api-keys" title={t("title")}>
        <p className="text-muted">{t("ownerOnly")}</p>
      </Section>
    );
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus />
      {t("new")}
    </Button>
  );
  return (
    <Section
      id="api-keys"
      title={t("title")}
      description={t("description")}
      aside={keys.data?.items.length ? create : null}
    >
      {keys.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {keys.isError ? <QueryError error={keys.error} onRetry={() => void keys.refetch()} className="py-6" /> : null}
      {keys.data?.items.length === 0 ? (
        <EmptyState
          className="rounded-lg border border-line border-dashed py-8"
          icon={<KeyRound />}
          title={t("none")}
          description={t("noneHelp")}
          actions={create}
        />
      ) : null}
      {keys.data?.items.length ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {keys.data.items.map((key) => (
            <ApiKeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      ) : null}
      <NewApiKeyDialog open={creating} onOpenChange={setCreating} />
    </Section>
  );
}

function ApiKeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useTranslations("settings.apiKeys");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() }),
    }),
  );
  const [asking, setAsking] = useState(false);
  const state = apiKeyState(apiKey, new Date());
  const rights = (["mayRun", "mayRead", "mayRate"] as const).filter((right) => apiKey[right]);
  const scope = [
    apiKey.deployments === null
      ? t("everyPipeline")
      : apiKey.deployments.map(({ slug }) => slug).join(", ") || t("noPipeline"),
    ...(rights.length === 3 ? [] : rights.map((right) => t(`short.${right}`))),
  ].join(" · ");
  return (
    <li className="flex min-h-12 items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate">{apiKey.name}</span>
          {apiKey.mayUnmask ? <Badge tone="warn">{t("seesPersonalData")}</Badge> : null}
          {apiKey.mayDecide ? <Badge>{t("answersReviews")}</Badge> : null}
          {apiKey.mayReadPrompts ? <Badge>{t("readsPrompts")}</Badge> : null}
          {apiKey.mayEvaluate ? <Badge>{t("asksGates")}</Badge> : null}
        </p>
        <p className="truncate text-faint text-xs">
          <code className="font-mono">{`${apiKey.prefix}…`}</code>
          <span className="ml-2">{scope}</span>
        </p>
      </div>
      <p className="w-40 shrink-0 text-muted text-xs">
        {t("lastUsed")} {apiKey.lastUsedAt ? <RelativeTime date={apiKey.lastUsedAt} /> : <Nothing />}
      </p>
      <p className="w-40 shrink-0 text-muted text-xs">
        {state === "active" && apiKey.expiresAt ? (
          <>
            {t("expires")} <RelativeTime date={apiKey.expiresAt} />
          </>
        ) : (
          <Badge tone={state === "active" ? "outline" : "neutral"}>{t(`state.${state}`)}</Badge>
        )}
      </p>
      <div className="flex shrink-0 justify-end gap-2">
        {state === "active" ? <RotateKey id={apiKey.id} name={apiKey.name} /> : null}
        {state === "active" ? (
          <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
            {t("revoke")}
          </Button>
        ) : null}
      </div>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("revokeTitle", { name: apiKey.name })}
        description={t("revokeDescription")}
        action={t("revoke")}
        onAction={() => revoke.mutate({ id: apiKey.id })}
      />
    </li>
  );
}
