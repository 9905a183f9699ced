"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FileDrop } from "@/components/registry/file-drop";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { TakenBar } from "@/components/table-import/taken-bar";
import type { TableOptions } from "@/components/table-import/types";
import { type RouterInputs, type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { EmptyForm } from "./empty-form";
import { MappingTable } from "./mapping-table";
import { useLeftOutText } from "./use-left-out-text";

type Source = RouterInputs["dataset"]["preview"]["source"];
type Preview = RouterOutputs["dataset"]["preview"];
interface Read {
  readonly source: Source;
  readonly preview: Preview;
  readonly name: string;
  /** What was chosen of how it is taken. */
  readonly options: TableOptions;
}

const ways = ["file", "text", "empty"] as const;
const formats =
  ".csv,.tsv,.tab,.psv,.txt,.json,.jsonl,.ndjson,.md,.html,.htm,.xlsx,.docx,text/csv,application/jsonl,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A new dataset out of a table, or more rows for the one named. */
export function ImportPage({ datasetId }: { readonly datasetId: string | null }) {
  const t = useTranslations("datasets.import");
  const evaluation = useTranslations("evaluation");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const sayLeftOut = useLeftOutText();
  const [way, setWay] = useState<(typeof ways)[number]>("file");
  const [text, setText] = useState("");
  const [read, setRead] = useState<Read | null>(null);
  const target = useQuery(trpc.dataset.get.queryOptions({ id: datasetId ?? "" }, { enabled: datasetId !== null }));
  const preview = useMutation(trpc.dataset.preview.mutationOptions({ onError }));
  const take = useMutation(
    trpc.dataset.importRows.mutationOptions({
      onError,
      onSuccess: ({ id, rows, leftOut }) => {
        const description = leftOut.length > 0 ? t("leftOut", { reasons: sayLeftOut(leftOut) }) : undefined;
        toast.success(t("taken", { count: rows }), { ...(description && { description }) });
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
        router.push(`/evaluation/datasets/${id}`);
      },
    }),
  );
  const look = async (source: Source, name: string, options: TableOptions = {}) => {
    const found = await preview.mutateAsync({ source, options }).catch(() => null);
    if (found !== null) setRead({ source, preview: found, name, options });
  };
  const parents = [
    { title: evaluation("tabs.datasets"), href: "/evaluation/datasets" },
    ...(target.data ? [{ title: target.data.name, href: `/evaluation/datasets/${target.data.id}` }] : []),
  ];
  return (
    <>
      <PageHeader title={datasetId === null ? t("title") : t("addTitle")} parents={parents} />
      <PageBody className="max-w-5xl">
        <Segmented
          label={t("way")}
          value={way}
          onValueChange={(next) => {
            setWay(next);
            setRead(null);
          }}
          options={ways
            .filter((each) => each !== "empty" || datasetId === null)
            .map((value) => ({ value, label: t(`from.${value}`) }))}
          className="self-start"
        />
        {way === "file" ? (
          <FileDrop
            busy={preview.isPending}
            accept={formats}
            help={t("fileHelp")}
            onFile={({ fileId, name }) => void look({ kind: "file", fileId }, withoutExtension(name))}
          />
        ) : null}
        {way === "text" ? (
          <div className="flex flex-col gap-3">
            <FormField label={t("textLabel")} help={t("fileHelp")}>
              {(control) => (
                <Textarea
                  {...control}
                  className="min-h-48 font-mono text-xs"
                  placeholder={t("textPlaceholder")}
                  maxLength={2_000_000}
                  value={text}
                  onChange={(event) => {
                    setText(event.target.value);
                    setRead(null);
                  }}
                />
              )}
            </FormField>
            {read === null ? (
              <Button
                variant="primary"
                className="self-start"
                disabled={text.trim() === ""}
                busy={preview.isPending}
                onClick={() => void look({ kind: "text", text }, "")}
              >
                {t("read")}
              </Button>
            ) : null}
          </div>
        ) : null}
        {way === "empty" ? <EmptyForm /> : null}
        {read ? (
          <>
            {datasetId === null ? (
              <FormField label={t("name")} className="max-w-sm">
                {(control) => (
                  <Input
                    {...control}
                    maxLength={120}
                    placeholder={t("defaultName")}
                    value={read.name}
                    onChange={(event) => setRead({ ...read, name: event.target.value })}
                  />
                )}
              </FormField>
            ) : null}
            <MappingTable
              key={JSON.stringify(read.preview.columns)}
              preview={read.preview}
              busy={take.isPending || preview.isPending}
              taken={
                <TakenBar
                  taken={read.preview.taken}
                  chosen={read.options}
                  busy={preview.isPending}
                  onChoose={(options) => void look(read.source, read.name, options)}
                />
              }
              onTake={(mapping) =>
                take.mutate({
                  into: datasetId === null ? { name: read.name.trim() || t("defaultName") } : { id: datasetId },
                  source: read.source,
                  options: { ...read.preview.taken.options, ...read.options },
                  mapping,
                })
              }
            />
          </>
        ) : null}
      </PageBody>
    </>
  );
}

const withoutExtension = (name: string): string => name.replace(/\.[^.]+$/, "").slice(0, 120);
