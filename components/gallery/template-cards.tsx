"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { CardGrid, CardGridSkeleton } from "@/components/home/card-grid";
import { useNewPipeline } from "@/components/home/use-new-pipeline";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { isLocale } from "@/i18n/locale";
import { findTemplates } from "./find-templates";
import { TemplateCard } from "./template-card";

export interface TemplateCardsProps {
  /** Show no more than the first so many. */
  readonly most?: number;
  readonly query?: string;
  readonly onClearQuery?: () => void;
}

/** The templates as cards; one click on a card opens a pipeline made from it. */
export function TemplateCards({ most, query = "", onClearQuery }: TemplateCardsProps) {
  const t = useTranslations("gallery");
  const locale = useLocale();
  const trpc = useTRPC();
  const templates = useQuery(trpc.template.list.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const { create, opening } = useNewPipeline();
  if (templates.isPending) return <CardGridSkeleton count={most ?? 4} />;
  if (templates.isError)
    return (
      <QueryError error={templates.error} onRetry={() => void templates.refetch()} className="rounded-lg border" />
    );
  const found = findTemplates(templates.data, query, isLocale(locale) ? locale : "en").slice(0, most);
  if (found.length === 0)
    return (
      <EmptyState
        title={t("nothingFound", { query })}
        description={t("nothingFoundHelp")}
        actions={onClearQuery ? <Button onClick={onClearQuery}>{t("clear")}</Button> : null}
      />
    );
  return (
    <CardGrid>
      {found.map((template) => (
        <TemplateCard
          key={template.id}
          template={template}
          busy={opening === template.id}
          disabled={opening !== undefined}
          onOpen={(name) => create({ templateId: template.id, name })}
        />
      ))}
    </CardGrid>
  );
}
