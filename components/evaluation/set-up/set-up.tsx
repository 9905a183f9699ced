"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { inputFieldsOf } from "@/components/run/run-inputs";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { catalog } from "@/nodes/index";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { choiceOf, chosenBefore } from "../choice/chosen-before";
import { type EvaluationChoice, useEvaluationChoice } from "../choice/use-evaluation-choice";
import { inReadersWords } from "../shared/in-readers-words";
import { useSetUpProblems } from "../shared/use-set-up-problems";
import { ablationOf, ablationVariants } from "./ablation";
import { AblationNote, useEditName } from "./ablation-note";
import { AdvancedPart } from "./advanced-part";
import { CasesPart } from "./cases-part";
import { ForecastPanel } from "./forecast-panel";
import { MetricPart } from "./metric-part";
import { outputNamesOf } from "./output-names";
import { ScorersPart } from "./scorers-part";
import { draftOf, offeredVariants, type SetUpForm, startVariants } from "./set-up-form";
import type { DatasetItem, PartProps, PipelineOf, Problems, Revisions } from "./set-up-types";
import { VariantsPart } from "./variants-part";

interface SetUpProps {
  readonly pipeline: PipelineOf;
  readonly revisions: Revisions;
  /** Those changed last: one that fits is proposed where none was chosen before. */
  readonly datasets: readonly DatasetItem[];
  /** What the pipeline's answers were looked at with before. */
  readonly choice: EvaluationChoice | null;
  /** Step whose labelled variants are compared; null: all of them. */
  readonly node: string | null;
  /** Ids of those that are compared; null: all of them. */
  readonly wantedVariants: readonly string[] | null;
  readonly wantedDataset: string | null;
  /** Two versions whose edits are tried one by one; null: the draft and its variants. */
  readonly versions: { readonly from: Version; readonly to: Version } | null;
}
type Version = RouterOutputs["pipeline"]["revision"];

/** How long the form rests before the forecast is asked for anew. */
const restMs = 350;
const none: Problems = {};

/** The dataset changed last that feeds every input that must be given. */
const fittingDataset = (
  datasets: readonly DatasetItem[],
  document: PipelineOf["document"],
): DatasetItem | undefined => {
  const needed = inputFieldsOf(document, catalog).filter(({ required }) => required);
  return datasets.find(
    ({ columns, rowCount }) =>
      rowCount > 0 &&
      needed.every(({ name }) => columns.some((column) => column.role === "input" && column.name === name)),
  );
};

export function SetUp(props: SetUpProps) {
  const { pipeline, revisions, datasets, choice, node, wantedVariants, wantedDataset, versions } = props;
  const t = useTranslations("experiments.setUp");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const tell = useErrorToast();
  const sayProblems = useSetUpProblems();
  const nameEdit = useEditName(versions?.to.document ?? pipeline.document);
  const [ablation] = useState(() =>
    versions === null ? null : ablationOf(versions.from.document, versions.to.document),
  );
  const [offered] = useState(() => offeredVariants(pipeline.document, node));
  const { remember } = useEvaluationChoice(pipeline.id);
  const [form, setForm] = useState<SetUpForm>(() => ({
    name: "",
    ...chosenBefore(
      wantedDataset ?? choice?.datasetId ?? fittingDataset(datasets, pipeline.document)?.id ?? null,
      choice,
    ),
    variants:
      versions === null || ablation === null || ablation.edits.length === 0
        ? startVariants(offered, t("asItIs"), wantedVariants)
        : ablationVariants({ from: versions.from.id, to: versions.to.id }, ablation.edits, {
            all: t("ablation.all", { number: versions.to.number }),
            none: t("ablation.none", { number: versions.from.number }),
            without: (edit) => t("ablation.without", { edit: nameEdit(edit) }),
          }),
    baseline: "a",
    splits: [],
    tags: [],
    most: null,
    primary: null,
    margin: null,
    alpha: 0.05,
    repeats: 1,
    concurrency: 8,
    budgetMicroUsd: null,
    useCache: true,
    dropLosers: false,
    covariates: [],
    seed: 1,
  }));
  const change: PartProps["change"] = (changes) => setForm((before) => ({ ...before, ...changes }));
  const dataset = useQuery(
    trpc.dataset.get.queryOptions({ id: form.datasetId ?? "" }, { enabled: form.datasetId !== null }),
  );
  const draft = draftOf(pipeline.id, form);
  const [rested, setRested] = useState(draft);
  const asked = JSON.stringify(draft);
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(asked)), restMs);
    return () => clearTimeout(timer);
  }, [asked]);
  const forecast = useQuery({
    ...trpc.experiment.forecast.queryOptions({ draft: rested as NonNullable<typeof rested> }),
    enabled: rested !== null,
    retry: false,
    placeholderData: (before) => before,
  });
  const facts = forecast.isError ? errorFacts(forecast.error) : null;
  const problems = facts === null ? none : sayProblems(facts);
  // Paths of a call's own input begin with the argument's name.
  const named = Object.fromEntries(Object.entries(problems).map(([at, text]) => [at.replace(/^draft\./, ""), text]));
  const start = useMutation(
    trpc.experiment.start.mutationOptions({
      onError: tell,
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: trpc.experiment.list.pathKey() });
        router.push(`/evaluation/experiments/${id}`);
      },
    }),
  );
  const name =
    form.name.trim() ||
    form.variants
      .map(({ label }) => label.trim())
      .join(" / ")
      .slice(0, evalLimits.nameCharacters);
  const part = { form, change, problems: named };
  const columns = dataset.data?.columns ?? [];
  const ready = draft !== null && !forecast.isError && !start.isPending;
  return (
    // No form: Enter in a field must not start what costs money.
    <div className="flex min-h-0 flex-1">
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-5 py-5">
          <FormField label={t("name")}>
            {(control) => (
              <Input
                {...control}
                value={form.name}
                maxLength={evalLimits.nameCharacters}
                placeholder={name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </FormField>
          {ablation === null ? null : (
            <AblationNote
              edits={ablation.edits.length}
              left={ablation.left.map(nameEdit)}
              structure={ablation.structure}
            />
          )}
          <VariantsPart {...part} pipeline={pipeline} revisions={revisions} offered={offered} />
          <CasesPart
            {...part}
            dataset={dataset.data ?? null}
            missing={dataset.isError}
            inputs={inputFieldsOf(pipeline.document, catalog)}
          />
          <ScorersPart
            {...part}
            pipelineId={pipeline.id}
            outputs={outputNamesOf(pipeline.document)}
            expected={columns.filter(({ role }) => role === "expected").map((column) => column.name)}
          />
          <MetricPart {...part} />
          <AdvancedPart {...part} />
        </div>
      </div>
      <ForecastPanel
        form={form}
        draftReady={draft !== null}
        forecast={forecast.isError ? null : (forecast.data ?? null)}
        fetching={forecast.isFetching || asked !== JSON.stringify(rested)}
        refusal={facts && inReadersWords(facts, problems)}
        ready={ready}
        busy={start.isPending}
        onStart={() => {
          if (draft === null) return;
          if (dataset.data) remember(choiceOf(form, dataset.data));
          start.mutate({ name, draft });
        }}
      />
    </div>
  );
}
