"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import { CopyButton } from "@/components/ui/copy-button";
import type { DataColumn } from "@/components/ui/data-row";
import { formatCount } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { SnippetsDialog } from "./snippets-dialog";
import { StateButton } from "./state-button";

export type DeploymentItem = RouterOutputs["deployment"]["list"]["items"][number];

export const useDeploymentColumns = (): readonly DataColumn<DeploymentItem>[] => {
  const t = useTranslations("deployments");
  return useMemo(
    () => [
      {
        id: "pipeline",
        header: t("pipeline"),
        width: "minmax(160px,1fr)",
        cell: ({ id, pipeline }) => <RowLink href={`/deployments/${id}`}>{pipeline.name}</RowLink>,
      },
      {
        id: "environment",
        header: t("environment.one"),
        width: "112px",
        cell: ({ environment }) => <span className="truncate text-muted">{environment}</span>,
      },
      {
        id: "address",
        header: t("address"),
        width: "minmax(240px,1.8fr)",
        cell: ({ url, slug }) => (
          <span className="flex min-w-0 items-center gap-1">
            <Address url={url} slug={slug} />
            <CopyButton value={url} size="sm" />
          </span>
        ),
      },
      {
        id: "state",
        header: t("state"),
        width: "120px",
        cell: ({ active }) => <StatusGlyph status={active ? "ok" : "skipped"} word label={t(active ? "on" : "off")} />,
      },
      {
        id: "revision",
        header: t("revision"),
        width: "72px",
        align: "end",
        cell: ({ revisionNumber }) => (
          <span className="tabular">{t("revisionNumber", { number: revisionNumber })}</span>
        ),
      },
      {
        id: "requests",
        header: t("requests"),
        width: "88px",
        align: "end",
        cell: ({ requestsLast24h }) => <span className="tabular">{formatCount(requestsLast24h)}</span>,
      },
      {
        id: "published",
        header: t("published"),
        width: "140px",
        cell: ({ publishedAt }) => <RelativeTime date={publishedAt} />,
      },
      {
        id: "actions",
        header: "",
        width: "112px",
        align: "end",
        cell: (deployment) => (
          <span className="flex items-center gap-1">
            <SnippetsDialog pipeline={deployment.pipeline} />
            <StateButton deployment={deployment} />
          </span>
        ),
      },
    ],
    [t],
  );
};

/** What is the same for all gives way first: the end of the address, from the pipeline's own name on, stays in sight. */
function Address({ url, slug }: { readonly url: string; readonly slug: string }) {
  const own = Math.max(0, url.lastIndexOf(`/${slug}`));
  return (
    <code className="flex min-w-0 font-mono text-xs" title={url}>
      <span className="min-w-6 shrink-[99] truncate text-faint">{url.slice(0, own)}</span>
      <span className="min-w-0 truncate">{url.slice(own)}</span>
    </code>
  );
}
