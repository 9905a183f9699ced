"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { JobProgress } from "@/components/job/job-progress";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { type PaletteGroup, usePaletteCommands } from "@/components/shell/palette-commands";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { QueryError } from "@/components/trpc/query-error";
import { formatCount } from "@/components/ui/format";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { BaseNotice } from "./base-notice";
import { DocumentsTab } from "./documents/documents-tab";
import { useUploads } from "./documents/use-uploads";
import { QualityTab } from "./quality/quality-tab";
import { replaceParameters } from "./replace-parameters";
import { SearchTab } from "./search/search-tab";
import { SettingsTab } from "./settings-tab";
import { useBase } from "./use-base";

const tabs = ["documents", "search", "quality", "settings"] as const;
type Tab = (typeof tabs)[number];
const isTab = (name: string | null): name is Tab => tabs.some((tab) => tab === name);

const showTab = (tab: Tab) =>
  replaceParameters((parameters) => {
    if (tab === "documents") parameters.delete("tab");
    else parameters.set("tab", tab);
  });

/** One knowledge base: its documents, a search in it, how good the search is, and its settings. */
export function BasePage({ id }: { readonly id: string }) {
  const t = useTranslations("knowledge");
  const shell = useTranslations("shell.pages");
  const wanted = useSearchParams().get("tab");
  const tab = isTab(wanted) ? wanted : "documents";
  const { base, job, refresh } = useBase(id);
  const uploads = useUploads(id);
  const parents = [{ title: shell("knowledge"), href: "/knowledge" }];

  usePageKeys(Object.fromEntries(tabs.map((name, index) => [String(index + 1), () => showTab(name)])));
  const commands = useMemo<PaletteGroup>(
    () => ({
      heading: t("one"),
      commands: tabs.map((name, index) => ({
        id: name,
        title: t(`tabs.${name}`),
        hint: String(index + 1),
        run: () => showTab(name),
      })),
    }),
    [t],
  );
  usePaletteCommands(commands);

  if (base.isPending) return <PageSkeleton />;
  if (base.isError)
    return (
      <>
        <PageHeader title={t("one")} parents={parents} />
        <QueryError error={base.error} onRetry={() => void base.refetch()} className="flex-1" />
      </>
    );
  const { data } = base;
  const counts = { documents: data.documentCount, search: null, quality: null, settings: null };
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => {
        if (isTab(next)) showTab(next);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <PageHeader
        title={<span title={data.name}>{data.name}</span>}
        parents={parents}
        aside={
          data.chunkCount > 0 ? (
            <span className="tabular text-faint text-xs">{t("passages", { count: formatCount(data.chunkCount) })}</span>
          ) : null
        }
      />
      <TabsList aria-label={t("one")} className="shrink-0 px-5">
        {tabs.map((name) => (
          <TabsTrigger key={name} value={name}>
            {t(`tabs.${name}`)}
            {counts[name] === null ? null : (
              <span className="tabular text-faint text-xs">{formatCount(counts[name])}</span>
            )}
          </TabsTrigger>
        ))}
      </TabsList>
      {job.job ? (
        <JobProgress
          job={job.job}
          title={t(data.waitingCount > 0 ? "state.indexing" : "state.reindexing")}
          onCancel={job.cancel}
          className="h-9 shrink-0 border-line border-b bg-page px-5"
        />
      ) : (
        <BaseNotice base={data} onChanged={refresh} />
      )}
      <TabsContent value="documents" className="flex min-h-0 flex-1 flex-col">
        <DocumentsTab base={data} uploads={uploads} />
      </TabsContent>
      <TabsContent value="search" className="flex min-h-0 flex-1 flex-col">
        <SearchTab base={data} />
      </TabsContent>
      <TabsContent value="quality" className="flex min-h-0 flex-1 flex-col">
        <QualityTab base={data} />
      </TabsContent>
      <TabsContent value="settings" className="flex min-h-0 flex-1 flex-col">
        <SettingsTab key={data.id} base={data} onChanged={refresh} />
      </TabsContent>
    </Tabs>
  );
}
