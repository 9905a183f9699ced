"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronRight, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";

type Item = RouterOutputs["conversation"]["list"]["items"][number];
/** What is to be erased: one, or all of a user. */
type Asked = { readonly id: string } | { readonly user: string };

/** What is remembered of those who speak to a pipeline that keeps conversations, and how it is erased. */
export function Conversations({ pipelineId }: { readonly pipelineId: string }) {
  const t = useTranslations("deployments.conversations");
  const trpc = useTRPC();
  const [user, setUser] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useQuery(trpc.conversation.list.queryOptions({ pipelineId, user: user.trim() }));
  const workspace = useQuery(trpc.workspace.get.queryOptions());
  const mayErase = workspace.data?.role === "owner";
  if (list.isError) return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  if (user === "" && items.length === 0) return null;
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          aria-label={t("user")}
          placeholder={t("user")}
          className="w-64"
          maxLength={200}
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
        {mayErase && user.trim() !== "" ? (
          <Button variant="danger" onClick={() => setAsked({ user: user.trim() })}>
            <Trash2 />
            {t("eraseUser")}
          </Button>
        ) : null}
      </div>
      {items.length === 0 ? <p className="text-muted text-sm">{t("none")}</p> : null}
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line" aria-label={t("title")}>
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            open={open === item.id}
            onToggle={() => setOpen(open === item.id ? null : item.id)}
            onErase={mayErase ? () => setAsked({ id: item.id }) : null}
          />
        ))}
      </ul>
      {list.data?.hasMore ? <p className="text-faint text-xs">{t("more", { count: items.length })}</p> : null}
      {asked === null ? null : <EraseDialog asked={asked} onDone={() => setAsked(null)} />}
    </Section>
  );
}

function Row({
  item,
  open,
  onToggle,
  onErase,
}: {
  readonly item: Item;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onErase: (() => void) | null;
}) {
  const t = useTranslations("deployments.conversations");
  return (
    <li data-testid="conversation">
      <div className="flex min-h-11 items-center gap-3 px-3 py-1.5 text-sm">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-sm text-left"
        >
          <ChevronRight
            aria-hidden="true"
            className={cn("size-3.5 shrink-0 text-faint transition-transform", open && "rotate-90")}
          />
          <span className="w-40 shrink-0 truncate">{item.endUser === "" ? t("nobody") : item.endUser}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-faint text-xs">{item.name}</span>
          <span className="w-20 shrink-0 text-right text-muted">{t("turns", { count: item.lastTurn })}</span>
        </button>
        <RelativeTime date={item.lastTurnAt} className="w-28 shrink-0 text-right text-faint text-xs" />
        {onErase === null ? null : (
          <Button size="sm" variant="ghost" title={t("erase")} aria-label={t("erase")} onClick={onErase}>
            <Trash2 />
          </Button>
        )}
      </div>
      {open ? <Turns id={item.id} /> : null}
    </li>
  );
}

function Turns({ id }: { readonly id: string }) {
  const t = useTranslations("deployments.conversations");
  const trpc = useTRPC();
  const one = useQuery(trpc.conversation.get.queryOptions({ id }));
  if (one.isError) return <QueryError error={one.error} onRetry={() => void one.refetch()} />;
  if (!one.data) return null;
  const { turns, summary } = one.data;
  return (
    <div className="flex flex-col gap-3 border-line border-t bg-page px-3 py-3 pl-10 text-sm">
      {summary === "" ? null : (
        <p className="whitespace-pre-wrap break-words text-muted">{t("summary", { summary })}</p>
      )}
      {turns.length === 0 ? <p className="text-muted">{t("noTurns")}</p> : null}
      {turns.map(({ runId, number, question, answer }) => (
        <div key={runId} className="grid grid-cols-[3rem_minmax(0,1fr)_minmax(0,1fr)] gap-3">
          <Link href={`/runs/${runId}`} className="text-accent-text tabular underline-offset-2 hover:underline">
            {number}
          </Link>
          <p className="max-h-40 overflow-y-auto whitespace-pre-wrap break-words">{question}</p>
          <p className="max-h-40 overflow-y-auto whitespace-pre-wrap break-words text-muted">{answer}</p>
        </div>
      ))}
    </div>
  );
}

function EraseDialog({ asked, onDone }: { readonly asked: Asked; readonly onDone: () => void }) {
  const t = useTranslations("deployments.conversations");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const done = {
    onError,
    onSuccess: ({ conversations, runs, underWay }: RouterOutputs["conversation"]["erase"]) => {
      toast.success(t("erased", { conversations, runs }));
      if (underWay.length > 0) toast.error(t("underWay", { count: underWay.length }));
      onDone();
      return queries.invalidateQueries({ queryKey: trpc.conversation.pathKey() });
    },
  };
  const one = useMutation(trpc.conversation.erase.mutationOptions(done));
  const all = useMutation(trpc.conversation.eraseUser.mutationOptions(done));
  const ofUser = "user" in asked;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onDone();
      }}
      title={ofUser ? t("eraseUserTitle", { user: asked.user }) : t("eraseTitle")}
      description={t(ofUser ? "eraseUserHelp" : "eraseHelp")}
      action={t("erase")}
      busy={one.isPending || all.isPending}
      onAction={() => ("user" in asked ? all.mutate(asked) : one.mutate(asked))}
    />
  );
}
