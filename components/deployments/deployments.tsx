"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { useDeploymentColumns } from "./deployment-columns";

/** What is published, and how much it is called. */
export function Deployments() {
  const t = useTranslations("deployments");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim());
  const input = { limit: 100, ...(query !== "" && { query }) };
  const deployments = useInfiniteQuery({
    queryKey: [...trpc.deployment.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.deployment.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Only a list of one page is read again by itself: a long one is being looked through.
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? 30_000 : false),
  });
  const rows = useMemo(() => deployments.data?.pages.flatMap(({ items }) => items) ?? [], [deployments.data]);
  const columns = useDeploymentColumns();
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <SearchField label={t("search")} value={search} onValueChange={setSearch} className="w-56" />
            <Button asChild>
              <Link href="/deployments/figures">{t("figures.title")}</Link>
            </Button>
            <Button asChild>
              <Link href="/settings#api-keys">{t("keys")}</Link>
            </Button>
          </>
        }
      />
      {deployments.isError ? (
        <QueryError error={deployments.error} onRetry={() => void deployments.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          rowId={(deployment) => deployment.id}
          loading={deployments.isPending}
          onEnd={
            deployments.hasNextPage && !deployments.isFetchingNextPage
              ? () => void deployments.fetchNextPage()
              : undefined
          }
          empty={
            query !== "" ? (
              <EmptyState title={t("noneFound")} />
            ) : (
              <EmptyState
                icon={<Rocket />}
                title={t("none")}
                description={t("noneHelp")}
                actions={
                  <Button asChild>
                    <Link href="/pipelines">{t("openPipelines")}</Link>
                  </Button>
                }
              />
            )
          }
        />
      )}
    </>
  );
}
