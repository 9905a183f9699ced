"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { GraphMiniature } from "@/components/gallery/graph-miniature";
import type { RouterOutputs } from "@/components/trpc/client";
import { RelativeTime } from "@/components/ui/relative-time";
import { runStatus, StatusGlyph } from "@/components/ui/status-glyph";
import { Tooltip } from "@/components/ui/tooltip";
import { PipelineMenu } from "./pipeline-menu";

export type PipelineItem = RouterOutputs["pipeline"]["list"]["items"][number];

/** One pipeline with its graph: the whole card opens it. */
export function PipelineCard({ pipeline }: { readonly pipeline: PipelineItem }) {
  const t = useTranslations("pipelines");
  const { lastRun, deployment } = pipeline;
  return (
    <article className="group relative flex min-w-0 flex-col rounded-lg border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="dotted h-28 overflow-hidden rounded-t-[9px] border-line border-b bg-page p-2">
        <GraphMiniature {...pipeline.miniature} />
      </div>
      <div className="flex items-start gap-1 py-2.5 pr-2 pl-3.5">
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-medium text-fg">
            <Link
              href={`/pipelines/${pipeline.id}`}
              title={pipeline.name}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
            >
              {pipeline.name}
            </Link>
          </h3>
          <p className="mt-0.5 flex items-center gap-1.5 text-faint text-xs">
            {lastRun ? (
              <>
                <StatusGlyph status={runStatus[lastRun.status]} word className="text-xs" />
                <RelativeTime date={lastRun.startedAt} className="relative z-10" />
              </>
            ) : (
              <>
                <span>{t("edited")}</span>
                <RelativeTime date={pipeline.updatedAt} className="relative z-10" />
              </>
            )}
          </p>
        </div>
        {deployment?.active ? (
          <Tooltip content={t("published", { slug: deployment.slug })}>
            <span className="relative z-10 flex size-6 items-center justify-center text-faint">
              <Rocket className="size-3.5" aria-label={t("published", { slug: deployment.slug })} />
            </span>
          </Tooltip>
        ) : null}
        <PipelineMenu pipeline={pipeline} className="relative z-10" />
      </div>
    </article>
  );
}
