"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { LockKeyhole, Plus } from "lucide-react";
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
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { CredentialDialog } from "./credential-dialog";

export type Credential = RouterOutputs["credential"]["list"][number];

/** What signs steps in to other systems: written here, used by name, shown nowhere. */
export function Credentials({ isOwner }: { readonly isOwner: boolean }) {
  const t = useTranslations("settings.credentials");
  const trpc = useTRPC();
  const list = useQuery(trpc.credential.list.queryOptions());
  const [editing, setEditing] = useState<Credential | "new" | null>(null);
  const add = isOwner ? (
    <Button onClick={() => setEditing("new")}>
      <Plus />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Section id="credentials" title={t("title")} description={t("description")} aside={list.data?.length ? add : null}>
      {list.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {list.isError ? <QueryError error={list.error} onRetry={() => void list.refetch()} className="py-6" /> : null}
      {list.data?.length === 0 ? (
        <EmptyState
          className="rounded-lg border border-line border-dashed py-8"
          icon={<LockKeyhole />}
          title={t("none")}
          description={isOwner ? t("noneHelp") : t("ownerOnly")}
          actions={add}
        />
      ) : null}
      {list.data?.length ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {list.data.map((credential) => (
            <CredentialRow
              key={credential.id}
              credential={credential}
              onEdit={isOwner ? () => setEditing(credential) : null}
            />
          ))}
        </ul>
      ) : null}
      {editing === null ? null : (
        <CredentialDialog credential={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function CredentialRow({
  credential,
  onEdit,
}: {
  readonly credential: Credential;
  readonly onEdit: (() => void) | null;
}) {
  const t = useTranslations("settings.credentials");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const remove = useMutation(
    trpc.credential.remove.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.credential.pathKey() }),
    }),
  );
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex min-h-12 items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate">{credential.name}</span>
          {credential.settings ? <Badge>{t(`kind.${credential.settings.kind}`)}</Badge> : null}
        </p>
        <p className="truncate font-mono text-faint text-xs">{credential.hosts.join(", ")}</p>
      </div>
      <p className="w-40 shrink-0 text-muted text-xs">
        {t("changed")} <RelativeTime date={credential.updatedAt} />
      </p>
      {onEdit ? (
        <div className="flex shrink-0 gap-1">
          <Button size="sm" onClick={onEdit}>
            {t("edit")}
          </Button>
          <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
            {t("remove")}
          </Button>
        </div>
      ) : null}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("removeTitle", { name: credential.name })}
        description={t("removeDescription")}
        action={t("remove")}
        onAction={() => remove.mutate({ id: credential.id })}
      />
    </li>
  );
}
