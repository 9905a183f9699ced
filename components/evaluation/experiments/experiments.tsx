"use client";

import { Scale } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EvaluationTabs } from "../evaluation-tabs";

/** Every experiment, latest first. */
export function Experiments() {
  const t = useTranslations("experiments");
  const evaluation = useTranslations("evaluation");
  return (
    <>
      <PageHeader title={evaluation("title")} />
      <EvaluationTabs />
      <EmptyState
        icon={<Scale />}
        title={t("none")}
        description={t("noneHelp")}
        className="flex-1"
        actions={
          <Button asChild>
            <Link href="/pipelines">{t("openPipelines")}</Link>
          </Button>
        }
      />
    </>
  );
}
