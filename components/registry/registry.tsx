"use client";

import { useQuery } from "@tanstack/react-query";
import { Compass, FlaskConical, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { useModelColumns } from "./model-columns";
import { RegisterDialog } from "./register-dialog";

/** The workspace's own models: trained here, or fine-tuned elsewhere and served by an endpoint. */
export function Registry() {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim());
  const models = useQuery(trpc.tunedModel.list.queryOptions(query === "" ? {} : { query }));
  const columns = useModelColumns();
  const [registering, setRegistering] = useState(false);
  const actions = (
    <>
      <Button onClick={() => setRegistering(true)}>{t("register.open")}</Button>
      <Button asChild>
        <Link href="/registry/fine-tune">{t("fineTune")}</Link>
      </Button>
      <Button variant="primary" asChild>
        <Link href="/registry/train">
          <Plus />
          {t("train")}
        </Link>
      </Button>
    </>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <Button variant="ghost" asChild>
              <Link href="/registry/advisor">
                <Compass />
                {t("advisor")}
              </Link>
            </Button>
            {actions}
          </>
        }
      />
      <div className="flex items-center gap-2 border-line border-b px-5 py-2">
        <SearchField label={t("search")} value={search} onValueChange={setSearch} className="w-64" />
      </div>
      {models.isError ? (
        <QueryError error={models.error} onRetry={() => void models.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={models.data ?? none}
          columns={columns}
          rowId={({ id }) => id}
          loading={models.isPending}
          empty={
            query === "" ? (
              <EmptyState icon={<FlaskConical />} title={t("none")} description={t("noneHelp")} actions={actions} />
            ) : (
              <EmptyState title={t("noneFound")} />
            )
          }
        />
      )}
      <RegisterDialog open={registering} onOpenChange={setRegistering} model={null} />
    </>
  );
}

const none: readonly never[] = [];
