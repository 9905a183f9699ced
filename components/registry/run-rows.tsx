"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PipelinePicker } from "@/components/pickers/pipeline-picker";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import type { PickerItem } from "@/components/ui/search-picker";
import { Select, SelectItem } from "@/components/ui/select";
import type { RowSource } from "./wizard-types";

interface RunRowsProps {
  readonly busy: boolean;
  readonly onTake: (name: string, source: RowSource) => void;
}

/** Learns from what runs of a pipeline were given and gave. */
export function RunRows({ busy, onTake }: RunRowsProps) {
  const t = useTranslations("registry.wizard");
  const trpc = useTRPC();
  const [pipeline, setPipeline] = useState<PickerItem | null>(null);
  const pipelineId = pipeline?.id ?? "";
  const [input, setInput] = useState("");
  const [output, setOutput] = useState("");
  const fields = useQuery(trpc.trainingSet.runFields.queryOptions({ pipelineId }, { enabled: pipelineId !== "" }));
  const choice = (
    label: string,
    value: string,
    onValueChange: (value: string) => void,
    options: readonly (readonly [value: string, name: string])[],
  ) => (
    <FormField label={label}>
      {(control) => (
        <Select {...control} value={value} onValueChange={onValueChange} disabled={options.length === 0}>
          {options.map(([id, title]) => (
            <SelectItem key={id} value={id}>
              {title}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
  const own = (names: readonly string[] = []) => names.map((each) => [each, each] as const);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField label={t("pipeline")}>
          {(control) => (
            <PipelinePicker
              {...control}
              label={t("pipeline")}
              chosen={pipeline}
              onPick={(item) => {
                setPipeline(item);
                setInput("");
                setOutput("");
              }}
            />
          )}
        </FormField>
        {choice(t("input"), input, setInput, own(fields.data?.inputs))}
        {choice(t("output"), output, setOutput, own(fields.data?.outputs))}
      </div>
      {fields.data ? <p className="text-muted text-sm">{t("runsFound", { count: fields.data.runs })}</p> : null}
      <Button
        variant="primary"
        className="self-start"
        disabled={input === "" || output === ""}
        busy={busy}
        onClick={() => onTake(pipeline?.name ?? "", { kind: "runs", pipelineId, input, output })}
      >
        {t("take")}
      </Button>
    </div>
  );
}
