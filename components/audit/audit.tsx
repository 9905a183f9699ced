"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { useAuditColumns } from "./audit-columns";
import { auditAddress, auditExport, auditQuestion, readAuditFilter } from "./audit-filter";
import { AuditFilters } from "./audit-filters";

export type AuditItem = RouterOutputs["audit"]["list"]["items"][number];

/** Who changed what, from where and when. */
export function Audit() {
  const t = useTranslations("audit");
  const shell = useTranslations("shell.pages");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const filter = readAuditFilter(useSearchParams());
  const input = { limit: 100, ...auditQuestion(filter) };
  const entries = useInfiniteQuery({
    queryKey: [...trpc.audit.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.audit.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const pages = entries.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const columns = useAuditColumns();
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        parents={[{ title: shell("settings"), href: "/settings" }]}
        actions={
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button>
                <Download />
                {t("export")}
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem asChild>
                <a href={auditExport(filter, "csv")} download>
                  {t("csv")}
                </a>
              </DropdownMenuItem>
              <DropdownMenuItem asChild>
                <a href={auditExport(filter, "ndjson")} download>
                  {t("ndjson")}
                </a>
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        }
      />
      <AuditFilters filter={filter} onFilter={(next) => router.replace(auditAddress(next), { scroll: false })} />
      {entries.isError ? (
        <QueryError error={entries.error} onRetry={() => void entries.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          scrollsByKey
          rows={items}
          columns={columns}
          rowId={(item) => item.id}
          loading={entries.isPending}
          onEnd={entries.hasNextPage && !entries.isFetchingNextPage ? () => void entries.fetchNextPage() : undefined}
          empty={
            filtered ? (
              <EmptyState
                title={t("noneMatch")}
                actions={
                  <Button asChild>
                    <Link href="/settings/audit">{t("showAll")}</Link>
                  </Button>
                }
              />
            ) : (
              <EmptyState icon={<ScrollText />} title={t("none")} />
            )
          }
        />
      )}
    </>
  );
}
