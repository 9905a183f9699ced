"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useNow, useTranslations } from "next-intl";
import { TemplateCards } from "@/components/gallery/template-cards";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Attention } from "./attention";
import { attentionItems } from "./attention-items";
import { CardGrid, CardGridSkeleton } from "./card-grid";
import { PipelineCard } from "./pipeline-card";
import { useNewPipeline } from "./use-new-pipeline";

const recent = 8;
/** How often the cards are read again while one of their runs is under way. */
const liveInterval = 3_000;

/** Continue where you were, start from a template, see what needs attention. */
export function Home() {
  const t = useTranslations("home");
  const now = useNow();
  const trpc = useTRPC();
  const { create, opening } = useNewPipeline();
  const pipelines = useQuery(
    trpc.pipeline.list.queryOptions(
      { limit: recent },
      {
        refetchInterval: ({ state }) =>
          state.data?.items.some((item) => item.lastRun?.status === "running") ? liveInterval : false,
      },
    ),
  );
  const endpoints = useQuery(trpc.endpoint.list.queryOptions());
  const models = useQuery(trpc.endpoint.models.queryOptions());

  const items = pipelines.data?.items ?? [];
  const empty = pipelines.isSuccess && items.length === 0;
  const attention = attentionItems(
    { pipelines: items, endpoints: endpoints.data ?? [], models: models.data ?? null },
    now,
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <Button variant="primary" busy={opening === null} onClick={() => create({})}>
            <Plus />
            {t("new")}
          </Button>
        }
      />
      <PageBody>
        <Attention items={attention} />
        {empty ? (
          <Section title={t("first.title")} description={t("first.description")}>
            <TemplateCards />
          </Section>
        ) : (
          <>
            <Section title={t("continue")} aside={<TextLink href="/pipelines">{t("allPipelines")}</TextLink>}>
              {pipelines.isPending ? <CardGridSkeleton count={4} /> : null}
              {pipelines.isError ? (
                <QueryError
                  error={pipelines.error}
                  onRetry={() => void pipelines.refetch()}
                  className="rounded-lg border"
                />
              ) : null}
              {items.length > 0 ? (
                <CardGrid>
                  {items.map((pipeline) => (
                    <PipelineCard key={pipeline.id} pipeline={pipeline} />
                  ))}
                </CardGrid>
              ) : null}
            </Section>
            <Section title={t("start")} aside={<TextLink href="/gallery">{t("allTemplates")}</TextLink>}>
              <TemplateCards most={4} />
            </Section>
          </>
        )}
      </PageBody>
    </>
  );
}

function TextLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} className="rounded-sm text-muted text-sm transition-colors hover:text-fg">
      {children}
    </Link>
  );
}
