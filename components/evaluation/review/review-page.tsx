"use client";

import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { useReportLocale } from "../use-report-locale";
import { ReviewDesk } from "./review-desk";

interface ReviewPageProps {
  readonly id: string;
  /** null: the first scorer that people answer for. */
  readonly scorerId: string | null;
}

/** Where people judge answers, blind and by the keyboard. */
export function ReviewPage({ id, scorerId }: ReviewPageProps) {
  const t = useTranslations("experiments.review");
  const evaluation = useTranslations("evaluation");
  const locale = useReportLocale();
  const trpc = useTRPC();
  const experiment = useQuery(trpc.experiment.get.queryOptions({ id }, { refetchOnWindowFocus: false }));
  if (experiment.isPending) return <PageSkeleton />;
  const parents = [{ title: evaluation("title"), href: "/evaluation" }];
  if (experiment.isError)
    return (
      <>
        <PageHeader title={t("title")} parents={parents} />
        <QueryError error={experiment.error} onRetry={() => void experiment.refetch()} className="flex-1" />
      </>
    );
  const { name, spec } = experiment.data;
  const asked = spec.scorers.filter(({ type }) => {
    const scorer = findScorer(type);
    return scorer?.asksPerson === true || scorer?.judge === true;
  });
  const chosen =
    asked.find((scorer) => scorer.id === scorerId) ??
    asked.find(({ type }) => findScorer(type)?.asksPerson) ??
    asked[0];
  return (
    <>
      <PageHeader
        title={t("title")}
        parents={[...parents, { title: name, href: `/evaluation/experiments/${id}` }]}
        aside={chosen ? <span>{findScorer(chosen.type)?.title[locale]}</span> : null}
      />
      {chosen ? (
        <ReviewDesk key={chosen.id} id={id} scorerId={chosen.id} />
      ) : (
        <EmptyState
          className="flex-1"
          icon={<UserCheck />}
          title={t("nobody")}
          description={t("nobodyHelp")}
          actions={
            <Button asChild>
              <Link href={`/evaluation/experiments/${id}`}>{t("back")}</Link>
            </Button>
          }
        />
      )}
    </>
  );
}
