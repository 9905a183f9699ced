"use client";

import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { QueryError } from "@/components/trpc/query-error";
import { RunActions } from "./run-actions";
import { RunFacts } from "./run-facts";
import { RunWorkbench } from "./run-workbench";
import { useRunLog } from "./use-run-log";

/** One run: live while it runs, replayed afterwards. */
export function RunPage({ id }: { readonly id: string }) {
  const t = useTranslations("runs");
  const shell = useTranslations("shell.pages");
  const { run, events, running, reconnecting } = useRunLog(id);
  const parents = [{ title: shell("runs"), href: "/runs" }];
  if (run.isPending) return <PageSkeleton />;
  if (run.isError)
    return (
      <>
        <PageHeader title={t("one")} parents={parents} />
        <QueryError error={run.error} onRetry={() => void run.refetch()} className="flex-1" />
      </>
    );
  const { summary, document, feedback } = run.data;
  return (
    <>
      <PageHeader
        title={summary.pipeline.name}
        parents={parents}
        aside={<RunFacts summary={summary} running={running} />}
        actions={<RunActions summary={summary} running={running} events={events} feedback={feedback} />}
      />
      {reconnecting ? (
        <p role="status" className="bg-warn-soft px-5 py-1 text-warn text-xs">
          {t("reconnecting")}
        </p>
      ) : null}
      <RunWorkbench document={document} events={events} running={running} />
    </>
  );
}
