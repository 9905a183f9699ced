"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TakenBar } from "@/components/table-import/taken-bar";
import type { TableOptions } from "@/components/table-import/types";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { EarlierSets } from "./earlier-sets";
import { FileDrop } from "./file-drop";
import { MappingForm } from "./mapping-form";
import { RunRows } from "./run-rows";
import type { Preview, RowSource, TableSource, TrainingSet } from "./wizard-types";

const ways = ["file", "text", "runs", "set"] as const;

/** Where the rows come from, and which of a table's columns are text and label. */
export function DataStep({ onSet }: { readonly onSet: (set: TrainingSet) => void }) {
  const t = useTranslations("registry.wizard");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const [way, setWay] = useState<(typeof ways)[number]>("file");
  const [text, setText] = useState("");
  const [read, setRead] = useState<{
    source: TableSource;
    preview: Preview;
    name: string;
    options: TableOptions;
  } | null>(null);
  const preview = useMutation(trpc.trainingSet.preview.mutationOptions({ onError }));
  const create = useMutation(trpc.trainingSet.create.mutationOptions({ onError, onSuccess: onSet }));
  const look = async (source: TableSource, name: string, options: TableOptions = {}) => {
    const found = await preview.mutateAsync({ source, options }).catch(() => null);
    if (found !== null) setRead({ source, preview: found, name, options });
  };
  const take = (name: string, source: RowSource, mapping?: Preview["mapping"], options: TableOptions = {}) =>
    create.mutate({ name: name.trim() || t("defaultName"), source, options, ...(mapping && { mapping }) });
  return (
    <div className="flex flex-col gap-5">
      <Segmented
        label={t("source.label")}
        value={way}
        onValueChange={(next) => {
          setWay(next);
          setRead(null);
        }}
        options={ways.map((value) => ({ value, label: t(`source.${value}`) }))}
        className="self-start"
      />
      {way === "file" ? (
        <FileDrop
          busy={preview.isPending}
          onFile={({ fileId, name }) => look({ kind: "file", fileId }, withoutExtension(name))}
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
      {way === "runs" ? <RunRows busy={create.isPending} onTake={take} /> : null}
      {way === "set" ? <EarlierSets onSet={onSet} /> : null}
      {read ? (
        <MappingForm
          key={JSON.stringify(read.preview.columns)}
          preview={read.preview}
          name={read.name}
          busy={create.isPending || preview.isPending}
          taken={
            <TakenBar
              taken={read.preview.taken}
              chosen={read.options}
              busy={preview.isPending}
              onChoose={(options) => void look(read.source, read.name, options)}
            />
          }
          onTake={(name, mapping) =>
            take(name, read.source, mapping, { ...read.preview.taken.options, ...read.options })
          }
        />
      ) : null}
    </div>
  );
}

const withoutExtension = (name: string): string => name.replace(/\.[^.]+$/, "").slice(0, 120);
