"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";

interface ClosureProps {
  readonly deploymentId: string;
  readonly revisionId: string;
}

/** What a version answers with beside its own steps: what it pins, and what it takes as it is when a run comes. */
export function Closure({ deploymentId, revisionId }: ClosureProps) {
  const t = useTranslations("deployments.closure");
  const trpc = useTRPC();
  const found = useQuery(trpc.deployment.closure.queryOptions({ id: deploymentId, revisionId }));
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.parts.length === 0) return null;
  const { parts, more } = found.data;
  return (
    <div className="mt-3" data-testid="closure">
      <p className="font-medium text-sm">{t("title")}</p>
      <ul className="mt-1 flex flex-col gap-0.5 text-sm">
        {parts.map(({ kind, name, pinned }) => (
          <li key={`${kind} ${name} ${pinned}`} className="flex min-w-0 items-baseline gap-2">
            <span className="w-32 shrink-0 text-faint text-xs">{t(`kind.${kind}`)}</span>
            <span className="min-w-0 truncate" title={name}>
              {name}
            </span>
            <span className={pinned === null ? "shrink-0 text-warn text-xs" : "shrink-0 font-mono text-muted text-xs"}>
              {pinned ?? t("latest")}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-faint text-xs">{t("more", { count: more })}</p> : null}
    </div>
  );
}
