"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { CacheFigures } from "./cache-figures";
import { ClearButton } from "./clear-button";

/** What steps of this address answer from memory. Not shown where none does. */
export function DeploymentCache({
  pipelineId,
  deploymentId,
}: {
  readonly pipelineId: string;
  readonly deploymentId: string;
}) {
  const t = useTranslations("deployments.cache");
  const trpc = useTRPC();
  const state = useQuery(
    trpc.answerCache.state.queryOptions({ pipelineId, deploymentId }, { refetchInterval: 30_000 }),
  );
  if (state.isError) return <QueryError error={state.error} onRetry={() => void state.refetch()} />;
  const rows = state.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Section
      title={t("title")}
      description={t("description")}
      aside={<ClearButton pipelineId={pipelineId} deploymentId={deploymentId} />}
    >
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line" aria-label={t("title")}>
        {rows.map((row) => (
          <li key={row.step} className="flex flex-col gap-2 px-3 py-2.5">
            <code className="truncate font-mono text-faint text-xs" title={row.step}>
              {row.step}
            </code>
            <CacheFigures state={row} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
