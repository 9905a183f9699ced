"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { useDeploymentColumns } from "./deployment-columns";

/** What is published, and how much it is called. */
export function Deployments() {
  const t = useTranslations("deployments");
  const trpc = useTRPC();
  const deployments = useQuery(trpc.deployment.list.queryOptions({ limit: 100 }, { refetchInterval: 30_000 }));
  const columns = useDeploymentColumns();
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <Button asChild>
            <Link href="/settings#api-keys">{t("keys")}</Link>
          </Button>
        }
      />
      {deployments.isError ? (
        <QueryError error={deployments.error} onRetry={() => void deployments.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={deployments.data?.items ?? []}
          columns={columns}
          rowId={(deployment) => deployment.id}
          loading={deployments.isPending}
          empty={
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
          }
        />
      )}
    </>
  );
}
