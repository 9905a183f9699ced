"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Comparison } from "./comparison";

export interface ComparePageProps {
  readonly modelId: string;
  readonly left: string | null;
  readonly right: string | null;
}

/** Two versions of a model, side by side. */
export function ComparePage({ modelId, left, right }: ComparePageProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const router = useRouter();
  const model = useQuery(trpc.tunedModel.get.queryOptions({ id: modelId }));
  const compared = useQuery(
    trpc.tunedModel.compare.queryOptions(
      { leftId: left ?? "", rightId: right ?? "" },
      { enabled: left !== null && right !== null },
    ),
  );
  const parents = useMemo(
    () => [
      { title: t("title"), href: "/registry" },
      { title: model.data?.name ?? "…", href: `/registry/${modelId}` },
    ],
    [t, model.data?.name, modelId],
  );
  const choose = (side: "left" | "right", id: string) => {
    const search = new URLSearchParams({ model: modelId, ...(left && { left }), ...(right && { right }), [side]: id });
    router.replace(`/registry/compare?${search}`);
  };
  return (
    <>
      <PageHeader title={t("compare.title")} parents={parents} />
      <PageBody className="max-w-5xl">
        {model.isError ? <QueryError error={model.error} onRetry={() => void model.refetch()} /> : null}
        <div className="grid max-w-xl grid-cols-2 gap-4">
          {(["left", "right"] as const).map((side) => (
            <FormField key={side} label={t(`compare.${side}`)}>
              {(control) => (
                <Select
                  {...control}
                  value={(side === "left" ? left : right) ?? ""}
                  placeholder={t("compare.choose")}
                  onValueChange={(id) => choose(side, id)}
                >
                  {(model.data?.versions ?? []).map(({ id, number, stage }) => (
                    <SelectItem key={id} value={id} hint={t(`stage.${stage}`)}>
                      {t("version", { number })}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          ))}
        </div>
        {compared.isError ? <QueryError error={compared.error} onRetry={() => void compared.refetch()} /> : null}
        {compared.isLoading ? <Skeleton className="h-64 w-full" /> : null}
        {compared.data ? <Comparison compared={compared.data} /> : null}
      </PageBody>
    </>
  );
}
