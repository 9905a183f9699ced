"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { formatSize } from "@/components/run/file-value";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { EmbeddedStatus } from "./use-embedded-status";

type FetchModelProps = Pick<EmbeddedStatus["offers"][number], "name" | "fetching" | "failure">;

/** Fetches a model of the shipped endpoint: a button, and while it is fetched by whomever a bar. */
export function FetchModel({ name, fetching, failure }: FetchModelProps) {
  const t = useTranslations("endpoints.embedded");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const fetchModel = useMutation(
    trpc.endpoint.fetch.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries(trpc.endpoint.embedded.queryFilter()),
    }),
  );
  if (fetching) {
    const { bytesDone, bytesTotal } = fetching;
    return (
      <span className="tabular flex w-64 shrink-0 items-center gap-2 text-muted text-xs">
        <ProgressBar
          label={t("fetching", { name })}
          value={bytesDone}
          most={bytesTotal > 0 ? bytesTotal : null}
          className="flex-1"
        />
        {bytesTotal > 0
          ? t("of", { share: Math.floor((100 * bytesDone) / bytesTotal), total: formatSize(bytesTotal) })
          : t("begins")}
      </span>
    );
  }
  return (
    <span className="flex min-w-0 shrink items-center gap-2">
      {failure ? (
        <span className="min-w-0 max-w-72 truncate text-error text-xs" title={failure}>
          {failure}
        </span>
      ) : null}
      <Button
        size="sm"
        aria-label={t("fetchNamed", { name })}
        disabled={fetchModel.isPending}
        onClick={() => fetchModel.mutate({ name })}
      >
        <Download />
        {t(failure ? "fetchAgain" : "fetchNow")}
      </Button>
    </span>
  );
}
