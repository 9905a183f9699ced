"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DeploymentCache } from "@/components/cache/deployment-cache";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { BatchesSection } from "../batches/batches-section";
import { ChatSection } from "../chat/chat-section";
import { EnvironmentSection } from "../environment/environment-section";
import { PromoteButton } from "../environment/promote-button";
import { DeploymentFigures } from "../figures/deployment-figures";
import { PageSection } from "../public-page/page-section";
import { SchedulesSection } from "../schedules/schedules-section";
import { Snippets } from "../snippets-dialog";
import { StateButton } from "../state-button";
import { TriggersSection } from "../triggers/triggers-section";
import { WebhookSection } from "../webhook/webhook-section";
import { ClientFiles } from "./client-files";
import { Conversations } from "./conversations";
import { FollowLabels } from "./follow-labels";
import { LimitsSection } from "./limits-section";
import { LiveVersions } from "./live-versions";
import { RollBackButton } from "./roll-back-button";

export type DeploymentPageData = RouterOutputs["deployment"]["page"];

/** One deployment: what it serves, how it is called and how that goes, and the way back to what it served before. */
export function DeploymentPage({ id }: { readonly id: string }) {
  const t = useTranslations("deployments");
  const trpc = useTRPC();
  const page = useQuery(trpc.deployment.page.queryOptions({ id }, { refetchInterval: 60_000 }));
  const parents = [{ title: t("title"), href: "/deployments" }];
  if (page.isError)
    return (
      <>
        <PageHeader title={t("page.one")} parents={parents} />
        <QueryError error={page.error} onRetry={() => void page.refetch()} className="flex-1" />
      </>
    );
  if (!page.data) return <PageSkeleton />;
  const deployment = page.data;
  const { pipeline, active, environment, url, revisionNumber, upToDate } = deployment;
  return (
    <>
      <PageHeader
        title={pipeline.name}
        parents={parents}
        aside={
          <>
            <StatusGlyph status={active ? "ok" : "skipped"} word label={t(active ? "on" : "off")} />
            <Badge>{environment}</Badge>
            <span className="text-sm">{t("page.number", { number: revisionNumber })}</span>
            {upToDate ? null : <span className="text-faint text-sm">{t("page.behind")}</span>}
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={`/pipelines/${pipeline.id}`}>{t("page.openPipeline")}</Link>
            </Button>
            <RollBackButton deployment={deployment} />
            <PromoteButton deployment={deployment} />
            <StateButton deployment={deployment} />
          </>
        }
      />
      <PageBody className="max-w-5xl">
        <p className="flex min-w-0 items-center gap-1">
          <code className="min-w-0 truncate font-mono text-sm" title={url}>
            {url}
          </code>
          <CopyButton value={url} size="sm" />
        </p>
        <DeploymentFigures id={id} />
        <DeploymentCache pipelineId={pipeline.id} deploymentId={id} />
        <LiveVersions deployment={deployment} />
        <EnvironmentSection name={environment} />
        <Conversations pipelineId={pipeline.id} />
        <FollowLabels deployment={deployment} />
        <Section
          title={t("page.samples")}
          description={t("snippetsHelp")}
          aside={active ? <ClientFiles id={id} /> : null}
        >
          <Snippets pipelineId={pipeline.id} />
        </Section>
        <LimitsSection deployment={deployment} />
        <ChatSection deployment={deployment} />
        <PageSection deploymentId={id} />
        <BatchesSection deploymentId={id} />
        <SchedulesSection deployment={deployment} />
        <TriggersSection deployment={deployment} />
        <WebhookSection deploymentId={id} />
      </PageBody>
    </>
  );
}
