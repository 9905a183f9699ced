"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { DeploymentPageData } from "../page/deployment-page";
import { ScheduleDialog } from "./schedule-dialog";
import { ScheduleRow } from "./schedule-row";

export type Schedule = RouterOutputs["schedule"]["list"][number];

/** When a deployment is run by the clock. */
export function SchedulesSection({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("schedules");
  const trpc = useTRPC();
  const { id: deploymentId, inputFields } = deployment;
  const [isOpen, setOpen] = useState(false);
  const found = useQuery(trpc.schedule.list.queryOptions({ deploymentId }, { refetchInterval: 15_000 }));
  return (
    <Section
      id="schedules"
      title={t("title")}
      description={t("description")}
      aside={<Button onClick={() => setOpen(true)}>{t("add")}</Button>}
    >
      {found.isError ? (
        <QueryError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : found.data.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-lg border border-line" aria-label={t("title")}>
          {found.data.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} fields={inputFields} deploymentId={deploymentId} />
          ))}
        </ul>
      )}
      {isOpen ? (
        <ScheduleDialog
          schedule={null}
          deploymentId={deploymentId}
          fields={inputFields}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </Section>
  );
}
