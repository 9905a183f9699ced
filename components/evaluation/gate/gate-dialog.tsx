"use client";

import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DatasetPicker } from "@/components/pickers/dataset-picker";
import { inputFieldsOf } from "@/components/run/run-inputs";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { catalog } from "@/nodes/index";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { comparesAnswers } from "../choice/chosen-before";
import { type EvaluationChoice, useEvaluationChoice } from "../choice/use-evaluation-choice";
import { useSentences } from "../choice/use-sentences";
import { InputMapping } from "../set-up/input-mapping";
import { outputNamesOf } from "../set-up/output-names";
import { type ChosenRows, RowChoice } from "../set-up/row-choice";
import { inReadersWords } from "../shared/in-readers-words";
import { useSetUpProblems } from "../shared/use-set-up-problems";
import { RequirementCard } from "./requirement-card";
import { formOf, newScorer, type RequirementForm, specOf } from "./requirement-form";

type Gate = RouterOutputs["gate"]["get"]["gate"];

const usualOf = (choice: EvaluationChoice | null): RequirementForm => {
  const known = choice?.scorer && findScorer(choice.scorer.type);
  const type = known?.type ?? "label/accuracy";
  return {
    scorer: { ...newScorer(type), config: choice?.scorer?.config ?? {}, expected: choice?.expected ?? null },
    metric: known ? (metricsOf(known)[0]?.key ?? "") : "accuracy",
    margin: "2",
    floor: "",
    ceiling: "",
  };
};
const usual = usualOf(null);
const allRows = { rows: { splits: [], tags: [], most: null }, inputs: {} } as const;
const most = 20;

interface GateDialogProps {
  readonly pipelineId: string;
  readonly gate: Gate;
  readonly onClose: () => void;
}

/** What versions of a pipeline must show before they go live. A first gate begins with what its answers were looked at with before. */
export function GateDialog(props: GateDialogProps) {
  const { choice, remember } = useEvaluationChoice(props.pipelineId);
  return props.gate === null && choice === undefined ? null : (
    <OpenGateDialog {...props} choice={choice ?? null} remember={remember} />
  );
}

interface OpenGateDialogProps extends GateDialogProps {
  readonly choice: EvaluationChoice | null;
  readonly remember: (choice: EvaluationChoice) => void;
}

function OpenGateDialog({ pipelineId, gate, choice, remember, onClose }: OpenGateDialogProps) {
  const t = useTranslations("gate.dialog");
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
  const pipeline = useQuery(trpc.pipeline.get.queryOptions({ id: pipelineId }));
  const [datasetId, setDatasetId] = useState(gate?.dataset.id ?? choice?.datasetId ?? "");
  const dataset = useQuery(trpc.dataset.get.queryOptions({ id: datasetId }, { enabled: datasetId !== "" }));
  const [enabled, setEnabled] = useState(gate?.enabled ?? true);
  const [rest, setRest] = useState<{ rows: ChosenRows; inputs: Readonly<Record<string, string>> }>(
    gate ? { rows: gate.spec.rows, inputs: gate.spec.inputs } : { ...allRows, inputs: choice?.inputs ?? {} },
  );
  const [forms, setForms] = useState<readonly RequirementForm[]>(gate ? formOf(gate.spec) : [usualOf(choice)]);
  const sentences = useSentences(
    pipelineId,
    datasetId || null,
    forms.map(({ scorer }, place) => ({ ...scorer, id: String(place) })),
  );
  const done = () => {
    void queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
    onClose();
  };
  const save = useMutation(
    trpc.gate.set.mutationOptions({
      onError: onRefused,
      onSuccess: () => {
        const scorer = forms.map((form) => form.scorer).find(({ type }) => comparesAnswers(type));
        if (dataset.data && scorer)
          remember({
            datasetId,
            datasetName: dataset.data.name,
            inputs: { ...rest.inputs },
            expected: scorer.expected,
            scorer: { type: scorer.type, config: { ...scorer.config } },
          });
        done();
      },
    }),
  );
  const remove = useMutation(trpc.gate.remove.mutationOptions({ onError, onSuccess: done }));
  const spec = specOf(forms, gate?.spec ?? null, {
    rows: { splits: [...rest.rows.splits], tags: [...rest.rows.tags], most: rest.rows.most },
    inputs: rest.inputs,
  });
  const forecast = useQuery(
    trpc.gate.forecast.queryOptions(spec === null || datasetId === "" ? skipToken : { pipelineId, datasetId, spec }, {
      placeholderData: keepPreviousData,
    }),
  ).data;
  const columns = (role: "input" | "expected") =>
    (dataset.data?.columns ?? []).filter((column) => column.role === role).map(({ name }) => name);
  // Where every input has a column of its name, there is nothing to ask.
  const unfed =
    dataset.data && pipeline.data
      ? inputFieldsOf(pipeline.data.document, catalog).filter(
          ({ name }) => Object.hasOwn(rest.inputs, name) || !columns("input").includes(name),
        )
      : [];
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
          <FormField label={t("dataset")}>
            {(control) => (
              <DatasetPicker
                {...control}
                label={t("chooseDataset")}
                chosen={
                  datasetId === "" ? null : { id: datasetId, name: dataset.data?.name ?? gate?.dataset.name ?? "…" }
                }
                onPick={({ id }) => {
                  if (id === datasetId) return;
                  setDatasetId(id);
                  setRest(allRows);
                  setForms(forms.map((form) => ({ ...form, scorer: { ...form.scorer, expected: null } })));
                }}
              />
            )}
          </FormField>
          {dataset.data ? (
            <RowChoice
              dataset={dataset.data}
              chosen={rest.rows}
              onChange={(changes) => setRest({ ...rest, rows: { ...rest.rows, ...changes } })}
            />
          ) : null}
          {unfed.length > 0 ? (
            <InputMapping
              inputs={unfed}
              columns={columns("input")}
              chosen={rest.inputs}
              onChange={(chosen) => setRest({ ...rest, inputs: chosen })}
            />
          ) : null}
          <ul className="flex flex-col gap-3">
            {forms.map((form, place) => (
              <RequirementCard
                // biome-ignore lint/suspicious/noArrayIndexKey: a requirement being edited keeps its place.
                key={place}
                form={form}
                number={place + 1}
                outputs={pipeline.data ? outputNamesOf(pipeline.data.document) : []}
                expected={columns("expected")}
                sentences={sentences.get(String(place))}
                forecast={spec === null ? undefined : forecast?.requirements[place]}
                settingsOf={(type) => forms.find(({ scorer }) => scorer.type === type)?.scorer}
                onChange={(more) =>
                  setForms(forms.map((each, index) => (index === place ? { ...each, ...more } : each)))
                }
                onRemove={forms.length === 1 ? null : () => setForms(forms.filter((_, index) => index !== place))}
              />
            ))}
          </ul>
          {forms.length < most ? (
            <Button className="self-start" onClick={() => setForms([...forms, usual])}>
              <Plus />
              {t("add")}
            </Button>
          ) : null}
          {spec === null ? <p className="text-muted text-xs">{t("need")}</p> : null}
          {forecast === undefined ? null : forecast.independent < forecast.least ? (
            <p className="text-warn text-xs">
              {t("forecast.few", { independent: forecast.independent, least: forecast.least })}
            </p>
          ) : (
            <p className="text-muted text-xs">
              {t("forecast.rows", { independent: forecast.independent, rows: forecast.rows })}
            </p>
          )}
          {forecast !== undefined &&
          spec !== null &&
          forecast.joint.checks > 1 &&
          forecast.joint.unknown < forecast.joint.checks ? (
            <p className="text-muted text-xs" data-testid="gate-joint">
              {t("forecast.joint", {
                checks: forecast.joint.checks,
                chance: Math.round(100 * forecast.joint.apart),
                least: Math.floor(100 * forecast.joint.least),
                most: Math.round(100 * forecast.joint.most),
              })}
              {forecast.joint.unknown > 0
                ? ` ${t("forecast.jointUnknown", { unknown: forecast.joint.unknown })}`
                : null}
            </p>
          ) : null}
          <label className="flex items-center gap-2 text-sm" htmlFor="gate-enabled">
            <Switch id="gate-enabled" checked={enabled} onCheckedChange={setEnabled} />
            {t("enabled")}
          </label>
        </div>
      </DialogContent>
    </Dialog>
  );
}
