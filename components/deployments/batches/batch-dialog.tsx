"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useUpload } from "@/components/run/use-upload";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { formatCost, formatDuration } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import { isLocale } from "@/i18n/locale";
import type { FileReference } from "@/runtime/node/file-reference";

type Source = RouterInputs["batch"]["preview"]["source"];

/** Takes a file or a dataset, says what running it would take, and starts it. */
export function BatchDialog({
  deploymentId,
  onClose,
}: {
  readonly deploymentId: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations("batches");
  const ui = useTranslations("ui");
  const locale = useLocale();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const errorText = useErrorText();
  const [source, setSource] = useState<Source | null>(null);
  const [name, setName] = useState("");
  const datasets = useQuery(trpc.dataset.list.queryOptions({}));
  const stored = useCallback((file: FileReference) => {
    setSource({ kind: "file", fileId: file.fileId });
    setName(file.name.replace(/\.[^.]+$/, "").slice(0, 120));
  }, []);
  const { state, upload } = useUpload(stored);
  const preview = useQuery(
    trpc.batch.preview.queryOptions(
      { deploymentId, source: source ?? { kind: "text", format: "jsonl", text: "" } },
      { enabled: source !== null, retry: false, staleTime: 60_000 },
    ),
  );
  const start = useMutation(
    trpc.batch.start.mutationOptions({
      onError,
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.batch.pathKey() });
        onClose();
      },
    }),
  );
  const forecast = source === null ? undefined : preview.data;
  const items = datasets.data?.items ?? [];
  const time =
    forecast?.seconds === null || forecast === undefined
      ? null
      : formatDuration(forecast.seconds * 1_000, isLocale(locale) ? locale : "en");
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("add")}
        description={t("dialogHelp")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button
              variant="primary"
              busy={start.isPending}
              disabled={forecast === undefined || forecast.unfit === forecast.rows || name.trim() === ""}
              onClick={() => source !== null && start.mutate({ deploymentId, source, name: name.trim() })}
            >
              {t("start", { rows: forecast === undefined ? 0 : forecast.rows - forecast.unfit })}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <FormField
            label={t("file")}
            help={state.phase === "uploading" ? t("uploading", { name: state.name }) : t("fileHelp")}
            error={state.phase === "refused" ? state.message : undefined}
          >
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".jsonl,.ndjson,.csv,.tsv,.xlsx"
                className="w-full rounded-md border border-line bg-page p-2 text-sm"
                onChange={(event) => {
                  const [file] = event.target.files ?? [];
                  if (file !== undefined) void upload(file);
                }}
              />
            )}
          </FormField>
          {items.length === 0 ? null : (
            <FormField label={t("dataset")}>
              {(control) => (
                <Select
                  {...control}
                  value={source?.kind === "dataset" ? source.datasetId : ""}
                  placeholder={t("choose")}
                  onValueChange={(datasetId) => {
                    setSource({ kind: "dataset", datasetId });
                    setName(items.find(({ id }) => id === datasetId)?.name.slice(0, 120) ?? "");
                  }}
                >
                  {items.map((item) => (
                    <SelectItem key={item.id} value={item.id}>
                      {item.name}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          )}
          <FormField label={t("name")}>
            {(control) => (
              <Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
            )}
          </FormField>
          {source === null ? null : preview.isError ? (
            <p role="alert" className="text-error text-sm">
              {errorText(errorFacts(preview.error)).title} {errorText(errorFacts(preview.error)).description}
            </p>
          ) : forecast === undefined ? (
            <p className="text-muted text-sm">{t("reading")}</p>
          ) : (
            <div className="flex flex-col gap-1 text-sm" data-testid="batch-forecast">
              <p>{t("rows", { rows: forecast.rows, unfit: forecast.unfit })}</p>
              <p className="text-muted">
                {forecast.basedOn === 0 || time === null
                  ? t("forecastNone")
                  : forecast.costMicroUsd === null
                    ? t("forecastTime", { time, runs: forecast.basedOn })
                    : t("forecast", { time, runs: forecast.basedOn, cost: formatCost(forecast.costMicroUsd) })}
              </p>
              {forecast.ignored.length === 0 ? null : (
                <p className="text-warn">{t("ignored", { names: forecast.ignored.join(", ") })}</p>
              )}
              {forecast.problems.map((problem) => (
                <p key={problem.row} className="text-warn">
                  {t("row", { row: problem.row + 1 })}: {problem.message}
                </p>
              ))}
            </div>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
