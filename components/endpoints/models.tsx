"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { DefaultModels } from "./default-models";
import { EndpointCard } from "./endpoint-card";
import { EndpointSheet } from "./endpoint-sheet";

export type EndpointItem = RouterOutputs["endpoint"]["list"][number];

/** How often the servers' health is read again while the page is looked at. */
const healthInterval = 10_000;

/** The servers that models run on: what they offer, how they are, and which model `default` stands for. */
export function Models() {
  const t = useTranslations("endpoints");
  const trpc = useTRPC();
  const endpoints = useQuery(trpc.endpoint.list.queryOptions(undefined, { refetchInterval: healthInterval }));
  /** The endpoint in the form, `"new"` for another one, null while the form is closed. */
  const [edited, setEdited] = useState<EndpointItem | "new" | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus />
      {t("add")}
    </Button>
  );
  const own = endpoints.data?.filter((endpoint) => !endpoint.embedded) ?? [];
  const embedded = endpoints.data?.filter((endpoint) => endpoint.embedded) ?? [];
  return (
    <>
      <PageHeader title={t("title")} actions={add} />
      <PageBody>
        {endpoints.isPending ? <ModelsSkeleton /> : null}
        {endpoints.isError ? <QueryError error={endpoints.error} onRetry={() => void endpoints.refetch()} /> : null}
        {endpoints.data ? (
          <>
            <DefaultModels />
            <Section title={t("own.title")} description={t("own.description")}>
              {own.length === 0 ? (
                <EmptyState
                  className="rounded-lg border border-line border-dashed py-8"
                  title={t("own.none")}
                  description={t("own.noneHelp")}
                  actions={add}
                />
              ) : null}
              {own.map((endpoint) => (
                <EndpointCard key={endpoint.id} endpoint={endpoint} onEdit={() => setEdited(endpoint)} />
              ))}
            </Section>
            {embedded.length > 0 ? (
              <Section title={t("embedded.title")} description={t("embedded.description")}>
                {embedded.map((endpoint) => (
                  <EndpointCard key={endpoint.id} endpoint={endpoint} onEdit={() => setEdited(endpoint)} />
                ))}
              </Section>
            ) : null}
          </>
        ) : null}
      </PageBody>
      <EndpointSheet edited={edited} onClose={() => setEdited(null)} />
    </>
  );
}

function ModelsSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-16 w-full rounded-lg" />
      <Skeleton className="h-36 w-full rounded-lg" />
      <Skeleton className="h-36 w-full rounded-lg" />
    </div>
  );
}
