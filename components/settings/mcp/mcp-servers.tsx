"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plug, Plus } from "lucide-react";
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
import { McpServerDialog } from "./mcp-server-dialog";

export type McpServer = RouterOutputs["mcp"]["list"][number];

/** Servers of tools that speak the Model Context Protocol. */
export function McpServers({ isOwner }: { readonly isOwner: boolean }) {
  const t = useTranslations("settings.mcp");
  const trpc = useTRPC();
  const list = useQuery(trpc.mcp.list.queryOptions());
  const [editing, setEditing] = useState<McpServer | "new" | null>(null);
  const add = isOwner ? (
    <Button onClick={() => setEditing("new")}>
      <Plus />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Section id="mcp-servers" title={t("title")} description={t("description")} aside={list.data?.length ? add : null}>
      {list.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {list.isError ? <QueryError error={list.error} onRetry={() => void list.refetch()} className="py-6" /> : null}
      {list.data?.length === 0 ? (
        <EmptyState
          className="rounded-lg border border-line border-dashed py-8"
          icon={<Plug />}
          title={t("none")}
          description={isOwner ? t("noneHelp") : t("ownerOnly")}
          actions={add}
        />
      ) : null}
      {list.data?.length ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {list.data.map((server) => (
            <ServerRow key={server.id} server={server} onEdit={isOwner ? () => setEditing(server) : null} />
          ))}
        </ul>
      ) : null}
      {editing === null ? null : (
        <McpServerDialog server={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function ServerRow({ server, onEdit }: { readonly server: McpServer; readonly onEdit: (() => void) | null }) {
  const t = useTranslations("settings.mcp");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const settled = { onError, onSettled: () => queries.invalidateQueries({ queryKey: trpc.mcp.pathKey() }) };
  const remove = useMutation(trpc.mcp.remove.mutationOptions(settled));
  const refresh = useMutation(trpc.mcp.refresh.mutationOptions(settled));
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex min-h-12 items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate">{server.name}</span>
          <Badge tone={server.problem ? "warn" : "neutral"}>
            {server.problem ? t("problem") : t("tools", { count: server.tools.length })}
          </Badge>
        </p>
        <p className="truncate text-faint text-xs" title={server.problem ?? server.url}>
          {server.problem ?? server.url}
        </p>
      </div>
      <p className="w-40 shrink-0 text-muted text-xs">
        {server.refreshedAt ? (
          <>
            {t("asked")} <RelativeTime date={server.refreshedAt} />
          </>
        ) : null}
      </p>
      {onEdit ? (
        <div className="flex shrink-0 gap-1">
          <Button size="sm" busy={refresh.isPending} onClick={() => refresh.mutate({ id: server.id })}>
            {t("refresh")}
          </Button>
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
        title={t("removeTitle", { name: server.name })}
        description={t("removeDescription")}
        action={t("remove")}
        onAction={() => remove.mutate({ id: server.id })}
      />
    </li>
  );
}
