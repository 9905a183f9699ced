"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { TrainerList } from "./trainer-list";
import { isOpen, TuningStatus } from "./tuning-status";

const mostCompared = 6;

/** Every training of a language model, and the machines that train. */
export function Tunings() {
  const t = useTranslations("tuning");
  const registry = useTranslations("registry");
  const trpc = useTRPC();
  const tunings = useQuery(
    trpc.fineTuning.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(({ status }) => isOpen(status)) ? 3_000 : false),
    }),
  );
  const [marked, setMarked] = useState<readonly string[]>([]);
  const parents = useMemo(() => [{ title: registry("title"), href: "/registry" }], [registry]);
  const create = (
    <Button variant="primary" asChild>
      <Link href="/registry/fine-tune/new">
        <Plus />
        {t("new")}
      </Link>
    </Button>
  );
  const mark = (id: string, on: boolean) =>
    setMarked((before) => (on ? [...before, id] : before.filter((each) => each !== id)));
  return (
    <>
      <PageHeader
        title={t("title")}
        parents={parents}
        actions={
          <>
            {marked.length > 1 ? (
              <Button asChild>
                <Link href={`/registry/fine-tune/compare?ids=${marked.join(",")}`}>
                  {t("compare", { count: marked.length })}
                </Link>
              </Button>
            ) : null}
            {create}
          </>
        }
      />
      <PageBody className="max-w-6xl">
        <TrainerList />
        {tunings.isError ? <QueryError error={tunings.error} onRetry={() => void tunings.refetch()} /> : null}
        {tunings.data?.length === 0 ? (
          <EmptyState title={t("none")} description={t("noneHelp")} actions={create} />
        ) : null}
        {tunings.data !== undefined && tunings.data.length > 0 ? (
          <div className="overflow-x-auto">
            <table className="w-full text-left text-sm">
              <thead className="text-faint text-xs">
                <tr className="h-8 border-line border-b">
                  <th className="w-8">
                    <span className="sr-only">{t("compareHelp")}</span>
                  </th>
                  {(["name", "status", "base", "method"] as const).map((name) => (
                    <th key={name} className="pr-4 font-medium">
                      {t(`column.${name}`)}
                    </th>
                  ))}
                  {(["rows", "progress"] as const).map((name) => (
                    <th key={name} className="pr-4 text-right font-medium">
                      {t(`column.${name}`)}
                    </th>
                  ))}
                  <th className="font-medium">{t("column.created")}</th>
                </tr>
              </thead>
              <tbody>
                {tunings.data.map((tuning) => (
                  <tr key={tuning.id} className="h-11 border-line border-b hover:bg-hover">
                    <td>
                      <Checkbox
                        aria-label={t("mark", { name: tuning.name })}
                        checked={marked.includes(tuning.id)}
                        disabled={!marked.includes(tuning.id) && marked.length >= mostCompared}
                        onCheckedChange={(on) => mark(tuning.id, on === true)}
                      />
                    </td>
                    <td className="max-w-72 truncate pr-4 font-medium">
                      <Link href={`/registry/fine-tune/${tuning.id}`} className="hover:underline">
                        {tuning.name}
                      </Link>
                    </td>
                    <td className="pr-4">
                      <TuningStatus status={tuning.status} />
                    </td>
                    <td className="max-w-56 truncate pr-4" title={tuning.base}>
                      {tuning.base}
                    </td>
                    <td className="pr-4">
                      {t.has(`method.${tuning.method}`) ? t(`method.${tuning.method}` as "method.lora") : tuning.method}
                    </td>
                    <td className="tabular pr-4 text-right">{tuning.trainRows}</td>
                    <td className="tabular pr-4 text-right">
                      {tuning.totalSteps === null ? "–" : `${tuning.step} / ${tuning.totalSteps}`}
                    </td>
                    <td>
                      <RelativeTime date={tuning.createdAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </PageBody>
    </>
  );
}
