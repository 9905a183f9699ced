"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Duration } from "@/components/ui/figures";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";

/** How people answered in the last thirty days: how many, how often they overrode, how long it took. */
export function InboxFigures({ pipelineId }: { readonly pipelineId: string | undefined }) {
  const t = useTranslations("inbox.figures");
  const format = useFormatter();
  const trpc = useTRPC();
  const router = useRouter();
  const onError = useErrorToast();
  const figures = useQuery(trpc.inbox.statistics.queryOptions({ days: 30 }));
  const toDataset = useMutation(
    trpc.inbox.toDataset.mutationOptions({
      onError,
      onSuccess: ({ datasetId, rows: added }) => {
        toast.success(t("added", { rows: added }));
        router.push(`/evaluation/datasets/${datasetId}`);
      },
    }),
  );
  const rows = figures.data?.pipelines.filter((row) => pipelineId === undefined || row.pipelineId === pipelineId) ?? [];
  const share = (part: number, of: number) => (of === 0 ? "–" : format.number(part / of, { style: "percent" }));
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>{t("title")}</Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-auto max-w-3xl p-4">
        {rows.length === 0 ? (
          <p className="text-muted text-sm">{t("none")}</p>
        ) : (
          <table className="text-sm">
            <thead>
              <tr className="text-left text-faint text-xs [&_th]:px-2 [&_th]:pb-1.5 [&_th]:font-normal">
                <th>{t("pipeline")}</th>
                <th className="text-right">{t("decided")}</th>
                <th className="text-right">{t("overrode")}</th>
                <th className="text-right">{t("late")}</th>
                <th className="text-right">{t("waited")}</th>
                <th className="text-right">{t("took")}</th>
                <th>
                  <span className="sr-only">{t("toDataset")}</span>
                </th>
              </tr>
            </thead>
            <tbody className="tabular [&_td]:px-2 [&_td]:py-1">
              {rows.map((row) => (
                <tr key={row.pipelineId}>
                  <td className="max-w-56 truncate">{row.name}</td>
                  <td className="text-right">{row.decided}</td>
                  <td className="text-right">{share(row.rejected + row.edited, row.decided)}</td>
                  <td className="text-right">{row.timedOut}</td>
                  <td className="text-right">
                    <Duration ms={row.waitedMs} />
                  </td>
                  <td className="text-right">
                    <Duration ms={row.seconds === null ? null : row.seconds * 1000} />
                  </td>
                  <td>
                    {row.edited > 0 ? (
                      <Button
                        size="sm"
                        busy={toDataset.isPending}
                        onClick={() => toDataset.mutate({ pipelineId: row.pipelineId })}
                      >
                        {t("toDataset")}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PopoverContent>
    </Popover>
  );
}
