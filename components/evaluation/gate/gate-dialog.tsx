"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { findScorer, scorers } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import type { Locale } from "@/runtime/node/localized";
import { inReadersWords } from "../shared/in-readers-words";
import { useSetUpProblems } from "../shared/use-set-up-problems";
import { formOf, isShare, metricOf, type RequirementForm, specOf } from "./requirement-form";

type Gate = RouterOutputs["gate"]["get"]["gate"];

const usual: RequirementForm = { type: "label/accuracy", metric: "accuracy", margin: "2", floor: "", ceiling: "" };
/** People and judges cannot answer while a version waits to go live. */
const offered = scorers.filter(({ asksPerson, judge }) => asksPerson !== true && !judge);
const bounds = ["margin", "floor", "ceiling"] as const;
const most = 20;

interface GateDialogProps {
  readonly pipelineId: string;
  readonly gate: Gate;
  readonly onClose: () => void;
}

/** What versions of a pipeline must show before they go live. */
export function GateDialog({ pipelineId, gate, onClose }: GateDialogProps) {
  const t = useTranslations("gate.dialog");
  const locale = useLocale() as Locale;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const sayError = useErrorText();
  const sayProblems = useSetUpProblems();
  const onRefused = (error: unknown) => {
    const facts = errorFacts(error);
    if (facts.data.problems === undefined) return onError(error);
    const { title, description } = sayError(inReadersWords(facts, sayProblems(facts)));
    toast.error(title, { description });
  };
  const datasets = useQuery(trpc.dataset.list.queryOptions({ limit: 100 }));
  const [datasetId, setDatasetId] = useState(gate?.dataset.id ?? "");
  const [enabled, setEnabled] = useState(gate?.enabled ?? true);
  const [rows, setRows] = useState(String(gate?.spec.rows.most ?? ""));
  const [forms, setForms] = useState<readonly RequirementForm[]>(gate ? formOf(gate.spec) : [usual]);
  const done = () => {
    void queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
    onClose();
  };
  const save = useMutation(trpc.gate.set.mutationOptions({ onError: onRefused, onSuccess: done }));
  const remove = useMutation(trpc.gate.remove.mutationOptions({ onError, onSuccess: done }));
  const rowLimit = rows.trim() === "" ? null : Number(rows);
  const spec =
    rowLimit === null || (Number.isInteger(rowLimit) && rowLimit > 0)
      ? specOf(forms, gate?.spec ?? null, rowLimit)
      : null;
  const change = (place: number, more: Partial<RequirementForm>) =>
    setForms(forms.map((form, index) => (index === place ? { ...form, ...more } : form)));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent
        title={t("title")}
        description={t("description")}
        className="max-w-2xl"
        footer={
          <>
            {gate ? (
              <Button
                variant="danger"
                className="mr-auto"
                busy={remove.isPending}
                onClick={() => remove.mutate({ pipelineId })}
              >
                {t("removeGate")}
              </Button>
            ) : null}
            <Button
              variant="primary"
              busy={save.isPending}
              disabled={spec === null || datasetId === ""}
              onClick={() => {
                if (spec) save.mutate({ pipelineId, datasetId, enabled, spec });
              }}
            >
              {t("save")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <div className="grid grid-cols-[1fr_140px] gap-3">
            <FormField label={t("dataset")} {...(datasets.data?.items.length === 0 && { help: t("noDatasets") })}>
              {(control) => (
                <Select {...control} value={datasetId} placeholder={t("chooseDataset")} onValueChange={setDatasetId}>
                  {(datasets.data?.items ?? []).map(({ id, name, rowCount }) => (
                    <SelectItem key={id} value={id} hint={rowCount}>
                      {name}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
            <FormField label={t("rows")}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  maxLength={6}
                  placeholder={t("allRows")}
                  value={rows}
                  onChange={(event) => setRows(event.target.value)}
                />
              )}
            </FormField>
          </div>
          <ul className="flex flex-col gap-3">
            {forms.map((form, place) => {
              const metric = metricOf(form);
              const scorer = findScorer(form.type);
              const unit = isShare(metric) ? "percent" : null;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a requirement being edited keeps its place.
                <li key={place} className="flex flex-col gap-2 rounded-lg border border-line p-3">
                  <div className="flex gap-2">
                    <Select
                      aria-label={t("scorer", { number: place + 1 })}
                      className="flex-1"
                      value={form.type}
                      onValueChange={(type) => {
                        const next = findScorer(type);
                        change(place, { type, metric: (next && metricsOf(next)[0]?.key) ?? "" });
                      }}
                    >
                      {offered.map(({ type, title }) => (
                        <SelectItem key={type} value={type}>
                          {title[locale]}
                        </SelectItem>
                      ))}
                    </Select>
                    <Select
                      aria-label={t("metric", { number: place + 1 })}
                      className="flex-1"
                      value={form.metric}
                      onValueChange={(key) => change(place, { metric: key })}
                    >
                      {(scorer ? metricsOf(scorer) : []).map(({ key, title }) => (
                        <SelectItem key={key} value={key}>
                          {title[locale]}
                        </SelectItem>
                      ))}
                    </Select>
                    <IconButton
                      label={t("remove", { number: place + 1 })}
                      disabled={forms.length === 1}
                      onClick={() => setForms(forms.filter((_, index) => index !== place))}
                    >
                      <X />
                    </IconButton>
                  </div>
                  <div className="grid grid-cols-3 gap-3">
                    {bounds.map((bound) => (
                      <FormField
                        key={bound}
                        label={t(`bound.${bound}`)}
                        aside={unit === null ? undefined : t(bound === "margin" ? "points" : "percent")}
                      >
                        {(control) => (
                          <Input
                            {...control}
                            inputMode="decimal"
                            maxLength={12}
                            value={form[bound]}
                            onChange={(event) => change(place, { [bound]: event.target.value })}
                          />
                        )}
                      </FormField>
                    ))}
                  </div>
                </li>
              );
            })}
          </ul>
          {forms.length < most ? (
            <Button className="self-start" onClick={() => setForms([...forms, usual])}>
              <Plus />
              {t("add")}
            </Button>
          ) : null}
          {spec === null ? <p className="text-muted text-xs">{t("need")}</p> : null}
          <label className="flex items-center gap-2 text-sm" htmlFor="gate-enabled">
            <Switch id="gate-enabled" checked={enabled} onCheckedChange={setEnabled} />
            {t("enabled")}
          </label>
        </div>
      </DialogContent>
    </Dialog>
  );
}
