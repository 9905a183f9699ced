"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { describeAgent } from "./describe-agent";

type Session = RouterOutputs["account"]["sessions"][number];

/** Where one is signed in, and the way to be signed out there. */
export function Sessions() {
  const t = useTranslations("settings.sessions");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const sessions = useQuery(trpc.account.sessions.queryOptions());
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() });
  const endOthers = useMutation(
    trpc.account.endOtherSessions.mutationOptions({
      onError,
      onSuccess: ({ ended }) => toast.success(t("endedOthers", { count: ended })),
      onSettled,
    }),
  );
  const end = useMutation(
    trpc.account.endSession.mutationOptions({ onError, onSuccess: () => toast.success(t("ended")), onSettled }),
  );
  const others = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      id="sessions"
      title={t("title")}
      description={t("description")}
      aside={
        others ? (
          <Button variant="danger" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t("endOthers")}
          </Button>
        ) : null
      }
    >
      {sessions.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {sessions.isError ? (
        <QueryError error={sessions.error} onRetry={() => void sessions.refetch()} className="py-6" />
      ) : null}
      {sessions.data ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {sessions.data.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              busy={end.isPending && end.variables.id === session.id}
              onEnd={() => end.mutate({ id: session.id })}
            />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

interface SessionRowProps {
  readonly session: Session;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const t = useTranslations("settings.sessions");
  const { browser, system } = describeAgent(session.userAgent);
  const device =
    browser && system
      ? t("device", { browser, system })
      : (browser ?? system ?? session.userAgent ?? t("unknownDevice"));
  return (
    <li className="flex min-h-12 items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate" title={session.userAgent ?? undefined}>
            {device}
          </span>
          {session.current ? <Badge tone="ok">{t("current")}</Badge> : null}
        </p>
        <p className="truncate text-faint text-xs">
          {session.address ? <span className="font-mono">{session.address}</span> : t("unknownAddress")}
        </p>
      </div>
      <p className="w-44 shrink-0 text-muted text-xs">
        {t("signedIn")} <RelativeTime date={session.createdAt} />
      </p>
      <p className="w-44 shrink-0 text-muted text-xs">
        {t("lastSeen")} <RelativeTime date={session.lastSeenAt} />
      </p>
      <div className="flex w-20 shrink-0 justify-end">
        {session.current ? null : (
          <Button size="sm" busy={busy} onClick={onEnd}>
            {t("end")}
          </Button>
        )}
      </div>
    </li>
  );
}
