"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";

/** Where a prompt is used: steps of drafts, what is live, and prompts that include it. */
export function PromptUses({ id }: { readonly id: string }) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const uses = useQuery(trpc.promptLabel.usedBy.queryOptions({ id }));
  if (uses.isError) return <QueryError error={uses.error} onRetry={() => void uses.refetch()} />;
  if (uses.isPending) return <Skeleton className="h-24" />;
  const { pipelines, deployments, prompts, more } = uses.data;
  if (pipelines.length + deployments.length + prompts.length === 0)
    return <p className="text-muted text-sm">{t("usedNowhere")}</p>;
  const held = (label: string, number: number) =>
    label === "" ? t("version", { number }) : t("labelAt", { label, number });
  return (
    <div className="flex flex-col gap-4">
      {pipelines.length > 0 ? (
        <Group title={t("usedByPipelines")}>
          {pipelines.map(({ pipelineId, name, gated, steps }) => (
            <li key={pipelineId} className="flex flex-col gap-0.5 px-3 py-2">
              <span className="flex items-center gap-2">
                <Link href={`/pipelines/${pipelineId}`} className="min-w-0 flex-1 truncate hover:underline">
                  {name}
                </Link>
                {gated ? <Badge>{t("hasGate")}</Badge> : null}
              </span>
              <span className="break-words text-faint text-xs">
                {steps
                  .slice(0, 5)
                  .map(({ step, label, number }) => `${step} · ${held(label, number)}`)
                  .join("; ")}
              </span>
            </li>
          ))}
        </Group>
      ) : null}
      {deployments.length > 0 ? (
        <Group title={t("usedByDeployments")}>
          {deployments.map(({ id: deploymentId, slug, followsPrompts, versions }) => (
            <li key={deploymentId} className="flex items-center gap-2 px-3 py-2">
              <Link href={`/deployments/${deploymentId}`} className="min-w-0 flex-1 truncate hover:underline">
                {slug}
              </Link>
              <span className="text-faint text-xs">
                {versions.map(({ number }) => t("version", { number })).join(", ")}
              </span>
              {followsPrompts ? <Badge tone="accent">{t("follows")}</Badge> : null}
            </li>
          ))}
        </Group>
      ) : null}
      {prompts.length > 0 ? (
        <Group title={t("usedByPrompts")}>
          {prompts.map(({ promptId, name, at }) => (
            <li key={promptId} className="flex items-center gap-2 px-3 py-2">
              <Link href={`/prompts/${promptId}`} className="min-w-0 flex-1 truncate hover:underline">
                {name}
              </Link>
              <span className="text-faint text-xs">@{at}</span>
            </li>
          ))}
        </Group>
      ) : null}
      {more ? <p className="text-muted text-xs">{t("usedByMore")}</p> : null}
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-muted text-xs">{title}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line text-sm">{children}</ul>
    </section>
  );
}
