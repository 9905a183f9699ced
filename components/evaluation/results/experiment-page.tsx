"use client";

import { UserCheck } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { statusGlyphs } from "@/components/job/status-glyphs";
import { replaceParameters } from "@/components/knowledge/replace-parameters";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { CasesTab } from "../cases/cases-tab";
import { type ConfusedLabels, readLabels, writeLabels } from "../cases/confused-labels";
import { JudgesTab } from "../judges/judges-tab";
import { ReportView } from "../report/report-view";
import { SideBySideTab } from "../side-by-side/side-by-side-tab";
import { type RowFilter, rowFilters } from "../types";
import { AskedTab } from "./asked-tab";
import { ExperimentNotice } from "./experiment-notice";
import { ExportMenu } from "./export-menu";
import { FlippedStrip } from "./flipped-strip";
import { SharePopover } from "./share-popover";
import { ShipDialog } from "./ship-dialog";
import { useExperiment } from "./use-experiment";

const tabs = ["result", "cases", "answers", "judges", "asked"] as const;
type Tab = (typeof tabs)[number];
const isTab = (name: string | null): name is Tab => tabs.some((tab) => tab === name);

const show = (tab: Tab, filter?: RowFilter, labels: ConfusedLabels | null = null) =>
  replaceParameters((parameters) => {
    writeLabels(parameters, labels);
    if (tab === "result") parameters.delete("tab");
    else parameters.set("tab", tab);
    if (filter === undefined || filter === "all") parameters.delete("filter");
    else parameters.set("filter", filter);
  });

/** One experiment: what it says, the cases it rests on, the judges, and what was asked. */
export function ExperimentPage({ id }: { readonly id: string }) {
  const t = useTranslations("experiments");
  const job = useTranslations("job.status");
  const evaluation = useTranslations("evaluation");
  const parameters = useSearchParams();
  const { experiment, job: watched, refresh } = useExperiment(id);
  const parents = [{ title: evaluation("title"), href: "/evaluation" }];
  const judged = Object.keys(experiment.data?.judges ?? {}).length > 0;
  const shownTabs = tabs.filter((tab) => tab !== "judges" || judged);
  const wanted = parameters.get("tab");
  const tab = isTab(wanted) && shownTabs.includes(wanted) ? wanted : "result";
  const filter = rowFilters.find((each) => each === parameters.get("filter")) ?? "all";
  usePageKeys(Object.fromEntries(shownTabs.map((name, index) => [String(index + 1), () => show(name)])));

  if (experiment.isPending) return <PageSkeleton />;
  if (experiment.isError)
    return (
      <>
        <PageHeader title={t("one")} parents={parents} />
        <QueryError error={experiment.error} onRetry={() => void experiment.refetch()} className="flex-1" />
      </>
    );
  const { data } = experiment;
  const asksPeople = data.spec.scorers.some(({ type }) => findScorer(type)?.asksPerson === true);
  const names = {
    experiment: data.name,
    pipeline: data.pipeline.name,
    dataset: t("datasetVersion", { name: data.dataset.name, number: data.dataset.versionNumber }),
  };
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => {
        if (isTab(next)) show(next);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <PageHeader
        title={<span title={data.name}>{data.name}</span>}
        parents={parents}
        aside={<StatusGlyph status={statusGlyphs[data.status]} label={job(data.status)} word />}
        actions={
          data.report ? (
            <>
              <ExportMenu experimentId={id} report={data.report} names={names} />
              <SharePopover id={id} shared={data.shared} onChanged={refresh} />
              {asksPeople ? (
                <Button asChild>
                  <Link href={`/evaluation/experiments/${id}/review`}>
                    <UserCheck />
                    {t("review.open")}
                  </Link>
                </Button>
              ) : null}
              <ShipDialog experiment={data} />
            </>
          ) : null
        }
      />
      <TabsList aria-label={t("one")} className="shrink-0 px-5">
        {shownTabs.map((name) => (
          <TabsTrigger key={name} value={name}>
            {t(`tabs.${name}`)}
            {name === "cases" && data.report ? (
              <span className="tabular text-faint text-xs">{formatCount(data.report.rows)}</span>
            ) : null}
          </TabsTrigger>
        ))}
      </TabsList>
      <ExperimentNotice experiment={data} job={watched} onChanged={refresh} />
      <TabsContent value="result" className="flex min-h-0 flex-1 flex-col">
        {data.report ? (
          <PageBody>
            <ReportView report={data.report} onConfused={(labels) => show("cases", "all", labels)}>
              <FlippedStrip report={data.report} onShow={(next) => show("cases", next)} />
            </ReportView>
          </PageBody>
        ) : (
          <EmptyState className="flex-1" title={t("noReport")} description={t("noReportHelp")} />
        )}
      </TabsContent>
      <TabsContent value="cases" className="flex min-h-0 flex-1 flex-col">
        <CasesTab
          experiment={data}
          filter={filter}
          labels={readLabels(parameters)}
          onFilter={(next) => show("cases", next)}
        />
      </TabsContent>
      <TabsContent value="answers" className="flex min-h-0 flex-1 flex-col">
        <SideBySideTab experiment={data} />
      </TabsContent>
      <TabsContent value="judges" className="flex min-h-0 flex-1 flex-col">
        <JudgesTab experiment={data} onChanged={refresh} />
      </TabsContent>
      <TabsContent value="asked" className="flex min-h-0 flex-1 flex-col">
        <AskedTab experiment={data} />
      </TabsContent>
    </Tabs>
  );
}
