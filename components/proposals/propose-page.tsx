"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { ProposeDesk } from "./propose-desk";

interface ProposePageProps {
  readonly id: string;
  /** The run whose answer was wrong. */
  readonly runId: string | null;
}

/** A pipeline without its canvas: the words that an engineer opened for change, tried on cases beside what is live, and proposed. */
export function ProposePage({ id, runId }: ProposePageProps) {
  const t = useTranslations("proposals");
  const shell = useTranslations("shell.pages");
  const trpc = useTRPC();
  const asked = { pipelineId: id, ...(runId === null ? {} : { runId }) };
  const desk = useQuery(trpc.proposal.desk.queryOptions(asked, { staleTime: Number.POSITIVE_INFINITY }));
  const recent = useQuery(
    trpc.run.recentInputs.queryOptions({ pipelineId: id, limit: 10 }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const failed = [desk, recent].find((each) => each.isError);
  const parents = [
    { title: shell("pipelines"), href: "/pipelines" },
    { title: desk.data?.pipeline.name ?? "…", href: `/pipelines/${id}` },
  ];
  if (failed?.error || desk.data === undefined || recent.data === undefined)
    return (
      <>
        <PageHeader title={t("propose")} parents={parents} />
        {failed?.error ? (
          <QueryError error={failed.error} onRetry={() => void failed.refetch()} className="flex-1" />
        ) : (
          <PageSkeleton />
        )}
      </>
    );
  return (
    <ProposeDesk
      // What was opened or moved meanwhile is another form.
      key={JSON.stringify(desk.data.fields)}
      desk={desk.data}
      recent={recent.data}
      parents={parents}
    />
  );
}
