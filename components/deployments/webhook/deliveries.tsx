"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";

type Delivery = RouterOutputs["webhook"]["deliveries"]["items"][number];

const tones = { pending: "neutral", delivered: "ok", failed: "error" } as const;
const pageSize = 10;

/** What a webhook was told, latest first; nothing while it was told nothing. */
export function Deliveries({ deploymentId }: { readonly deploymentId: string }) {
  const t = useTranslations("deployments.webhook");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { deploymentId, limit: pageSize };
  const found = useInfiniteQuery({
    queryKey: [...trpc.webhook.deliveries.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.webhook.deliveries.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ state: each }) => each === "pending")) ? 5_000 : 30_000,
  });
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      <h3 className="font-medium text-sm">{t("deliveries")}</h3>
      <ul className="w-full divide-y divide-line rounded-lg border border-line" aria-label={t("deliveries")}>
        {items.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button size="sm" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </div>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const t = useTranslations("deployments.webhook");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const replay = useMutation(
    trpc.webhook.replay.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.webhook.deliveries.pathKey() }),
    }),
  );
  const { id, runId, state, attempts, nextAt, httpStatus, problem, createdAt } = delivery;
  return (
    <li className="flex min-h-11 items-center gap-3 px-3 py-1.5 text-sm" data-testid="delivery">
      <span className="w-24 shrink-0">
        <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      </span>
      <Link href={`/runs/${runId}`} className="shrink-0 rounded-sm text-accent-text hover:underline">
        {t("run")}
      </Link>
      <span className="min-w-0 flex-1 truncate text-muted" title={problem ?? undefined}>
        {problem ?? (httpStatus === null ? "" : t("answered", { status: httpStatus }))}
      </span>
      <span className="shrink-0 text-faint text-xs">
        {t("attempts", { count: attempts })}
        {state === "pending" && attempts > 0 ? (
          <>
            {" · "}
            {t("next")} <RelativeTime date={nextAt} />
          </>
        ) : null}
      </span>
      <RelativeTime date={createdAt} className="w-28 shrink-0 text-right text-faint text-xs" />
      <IconButton label={t("replay")} size="sm" disabled={replay.isPending} onClick={() => replay.mutate({ id })}>
        <RotateCw />
      </IconButton>
    </li>
  );
}
