import type { DatasetRow } from "@/runtime/eval/contract/dataset-row";
import { type ExperimentDraft, type ExperimentSpec, experimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { type SetUpProblem, setUpProblem } from "@/runtime/eval/contract/set-up-problem";
import { checkScorers, type ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import type { Plan } from "@/runtime/plan/plan";
import { freezeDataset } from "@/server/domain/dataset/freeze-dataset";
import { loadVersionRows } from "@/server/domain/dataset/load-version-rows";
import { freezeDraft, freezeOverrides } from "@/server/domain/revision/freeze-draft";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { type Covariates, covariatesOf } from "./covariates";
import { canDropBy } from "./dropping-metric";
import { setUpRefusal } from "./set-up-refusal";
import { takeRows } from "./take-rows";

export interface Prepared {
  /** Everything in it is frozen. */
  readonly spec: ExperimentSpec;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly dataset: { readonly id: string; readonly name: string; readonly contentHash: string };
  readonly scorers: readonly ReadyScorer[];
  /** In the order in which they run. */
  readonly rows: readonly DatasetRow[];
  readonly cells: number;
  /** Rows of the dataset that fit, whether they are taken or not. */
  readonly available: number;
  /** What is known of the rows that are taken; null where the main metric is not adjusted. */
  readonly covariates: Covariates | null;
}

const revisionOf = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
  variant: ExperimentDraft["variants"][number],
): Promise<string | null> => {
  if (variant.revision === "draft")
    return (await freezeDraft(database, workspaceId, pipelineId, { reason: "experiment" }))?.id ?? null;
  if (variant.revision === "live") {
    const live = await database.prisma.deployment.findFirst({
      where: { workspaceId, pipelineId, environment: "production", active: true },
      select: { revisionId: true },
    });
    return live?.revisionId ?? null;
  }
  const { id } = variant.revision;
  const revision = await database.prisma.revision.findFirst({
    where: { id, workspaceId, pipelineId },
    select: { id: true },
  });
  return revision?.id ?? null;
};

/** Pipeline input -> column, for every input that a column feeds; or which inputs nothing feeds. */
const mapInputs = (plans: readonly Plan[], given: Readonly<Record<string, string>>, columns: readonly string[]) => {
  const mapping: Record<string, string> = {};
  const problems: Record<string, SetUpProblem> = {};
  for (const { inputFields } of plans)
    for (const { name, required } of inputFields) {
      const asked = Object.hasOwn(given, name) ? given[name] : undefined;
      const column = asked ?? name;
      if (columns.includes(column)) mapping[name] = column;
      else if (asked !== undefined) {
        const message = `The dataset has no input column "${asked}".`;
        problems[`inputs.${name}`] = setUpProblem("column-unknown", message, { name: asked });
      } else if (required) {
        const message = `No column of the dataset feeds the input "${name}".`;
        problems[`inputs.${name}`] = setUpProblem("input-unfed", message, { name });
      }
    }
  return { mapping, problems };
};

/**
 * Freezes all that an experiment hangs on: dataset version, a revision for each variant, the order of the rows. Refuses a draft that could not run,
 * with a message for each field at fault. Nothing is run; the revisions and the version that it makes stay.
 */
export const prepareExperiment = async (
  database: Database,
  workspaceId: string,
  draft: ExperimentDraft,
): Promise<Prepared> => {
  const pipeline = await database.prisma.pipeline.findFirst({
    where: { id: draft.pipelineId, workspaceId, deletedAt: null },
    select: { id: true, name: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const dataset = await database.prisma.dataset.findFirst({
    where: { id: draft.datasetId, workspaceId },
    select: { id: true, name: true },
  });
  if (dataset === null) throw notFound("dataset");
  const problems: Record<string, SetUpProblem> = {};
  const plans: Plan[] = [];
  const variants: ExperimentSpec["variants"] = [];
  for (const [index, variant] of draft.variants.entries()) {
    const found = await revisionOf(database, workspaceId, pipeline.id, variant);
    const revision =
      found === null
        ? null
        : await freezeOverrides(database, workspaceId, found, variant.overrides, {
            reason: "experiment",
            note: variant.label,
          });
    if (revision === null) {
      problems[`variants.${index}`] =
        variant.revision === "live"
          ? setUpProblem("nothing-live", "Nothing is live yet.")
          : setUpProblem("version-unknown", "There is no such version.");
      continue;
    }
    const compiled = await planOfRevision(database, revision.id);
    if (compiled.ok) plans.push(compiled.value);
    else {
      const message = `It cannot run: ${compiled.error[0]?.message ?? "it has errors."}`;
      problems[`variants.${index}`] = setUpProblem("cannot-run", message);
    }
    const { key, label, overrides } = variant;
    variants.push({ key, label, overrides, revisionId: revision.id });
  }
  const [first] = plans;
  if (first === undefined || Object.keys(problems).length > 0) throw setUpRefusal(problems);

  const frozen = await freezeDataset(database, workspaceId, dataset.id);
  const { columns, rows: all } = await loadVersionRows(database, workspaceId, frozen.versionId);
  const namesOf = (role: "input" | "expected") => columns.flatMap((each) => (each.role === role ? [each.name] : []));
  const { mapping, problems: unfed } = mapInputs(plans, draft.inputs, namesOf("input"));
  Object.assign(problems, unfed);
  const outputs = first.outputs
    .map(({ name }) => name)
    .filter((name) => plans.every((plan) => plan.outputs.some((output) => output.name === name)));
  const checked = checkScorers(draft, { outputs, expected: namesOf("expected") });
  for (const { at, ...problem } of checked.problems) problems[at] ??= problem;
  const rows = takeRows(all, draft.rows, draft.seed);
  const cells = variants.length * rows.length * draft.repeats;
  if (rows.length === 0)
    problems.rows = setUpProblem("no-rows", "No row of the dataset is of the chosen splits and tags.");
  if (cells > evalLimits.cells)
    problems.rows = setUpProblem(
      "too-many-cells",
      `${cells} answers are more than the ${evalLimits.cells} that one experiment may have. Take fewer rows or repeats.`,
      { cells, most: evalLimits.cells },
    );
  if (draft.dropLosers && variants.length < 3)
    problems.dropLosers = setUpProblem("drop-few", "Losers can be dropped where there are three variants or more.");
  else if (draft.dropLosers && !canDropBy(draft))
    problems.dropLosers = setUpProblem(
      "drop-unfit",
      "Losers can be dropped by a main metric that scores each case between 0 and 1, waits for nobody and is no judge's word.",
    );
  if (Object.keys(problems).length > 0) throw setUpRefusal(problems);

  const { datasetId: _, ...shared } = draft;
  const spec = experimentSpec.parse({
    ...shared,
    variants,
    inputs: mapping,
    datasetVersionId: frozen.versionId,
    scorers: checked.ready.map(({ spec: each, config, output, expected }) => ({ ...each, config, output, expected })),
  });
  const available = takeRows(all, { ...draft.rows, most: null }, draft.seed);
  const asked = { pipelineId: pipeline.id, spec, scorers: checked.ready };
  return {
    spec,
    pipeline,
    dataset: { ...dataset, contentHash: frozen.contentHash },
    scorers: checked.ready,
    rows,
    cells,
    available: available.length,
    covariates: await covariatesOf(database, workspaceId, asked, { all: available, taken: rows }),
  };
};
