import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import type { Score } from "@/runtime/eval/contract/scorer";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import { type JudgeAgreement, judgeAgreement, leastKappa, leastLabels } from "@/runtime/eval/report/judge-agreement";
import { type Judged, type Lean, lengthLean, sideLean, variantLeans } from "@/runtime/eval/report/judge-leans";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import type { Rated } from "@/runtime/eval/statistics/cohen-kappa";
import { allNodes } from "@/runtime/graph/body-at";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import type { Database } from "@/server/platform/db/database";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";
import { storedSpec } from "./ready-experiment";
import { answerText } from "./row-pages";

/** Grades from 1 to 5 as places 0 to 4; worse, same, better as 0 to 2. */
const grades = 5;
const choices = 3;
const gradeOf = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * (grades - 1));
const choiceOf = (value: number) => Math.sign(value) + 1;

export interface JudgeView extends JudgeAgreement {
  readonly pairwise: boolean;
  /** Somebody accepted it, and the labels there are now still bear that out. */
  readonly accepted: boolean;
  /** Labels that it takes before it can be accepted, and what the lower bound of kappa must be above. */
  readonly least: number;
  readonly leastKappa: number;
  readonly leans: {
    /** By variant: how much higher than people it grades, in its own units; and whether the variant asks the model that judges. */
    readonly variants: readonly (Lean & { readonly variant: number; readonly self: boolean })[];
    /** How much higher for an answer of twice the length. */
    readonly length: Lean | null;
    /** How far it prefers what it is shown first. */
    readonly side: Lean | null;
  };
}

const place = ({ row, variant, repeat }: { row: number; variant: number; repeat: number }) =>
  `${row}/${variant}/${repeat}`;

/** Names of the models that the steps of each variant ask, also those inside containers. */
const modelsOf = async ({ prisma }: Database, workspaceId: string, spec: ExperimentSpec) => {
  const revisions = await prisma.revision.findMany({
    where: { workspaceId, id: { in: spec.variants.map(({ revisionId }) => revisionId) } },
    select: { id: true, document: true },
  });
  return spec.variants.map(({ revisionId }) => {
    const revision = revisions.find(({ id }) => id === revisionId);
    const nodes = revision === undefined ? [] : allNodes(readStoredDocument(revision.document));
    return new Set(nodes.flatMap(({ config }) => (typeof config.model === "string" ? [config.model] : [])));
  });
};

/** How far each judge of an experiment agrees with what people said of the same answers, and which way it leans, by scorer id. */
export const agreementsOf = async (
  database: Database,
  workspaceId: string,
  id: string,
): Promise<Readonly<Record<string, JudgeView>>> => {
  const experiment = await findExperiment(database, workspaceId, id);
  const judges = experiment.judges as Record<string, { readonly accepted?: boolean }>;
  const spec = storedSpec(experiment.spec);
  const { prisma } = database;
  const found: Record<string, JudgeView> = {};
  for (const { id: scorerId, type, output, config } of spec.scorers) {
    const scorer = findScorer(type);
    if (scorer?.judge !== true) continue;
    const answers = await prisma.reviewAnswer.findMany({ where: { experimentId: id, workspaceId, scorerId } });
    const rows = [...new Set(answers.map(({ row }) => row))];
    const pairwise = isPairScorer(scorer);
    const cells = await prisma.experimentCell.findMany({
      where: { experimentId: id, workspaceId, row: { in: rows } },
      select: { row: true, variant: true, repeat: true, scores: true, outputs: true },
    });
    const lengths = new Map(
      cells.map((cell) => [place(cell), answerText(JSON.parse(cell.outputs), output).trim().length]),
    );
    const pairs = pairwise
      ? await prisma.experimentPair.findMany({
          where: { experimentId: id, workspaceId, scorerId },
          select: { row: true, variant: true, repeat: true, value: true, side: true },
        })
      : [];
    const said = new Map<string, number>();
    const [metric] = metricsOf(scorer);
    for (const pair of pairs) if (pair.value !== null) said.set(place(pair), pair.value);
    if (!pairwise)
      for (const cell of cells) {
        const value = (JSON.parse(cell.scores) as Record<string, Score>)[scorerId]?.values[metric?.key ?? ""];
        if (typeof value === "number") said.set(place(cell), value);
      }
    const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
    const judged = answers.flatMap((answer): Judged[] => {
      const judge = said.get(place(answer));
      if (judge === undefined) return [];
      const [own, base] = [lengths.get(place(answer)), lengths.get(place({ ...answer, variant: baseline }))];
      const length = !pairwise ? (own ?? null) : own && base ? own / base : null;
      return [{ row: answer.row, variant: answer.variant, judge, people: answer.value, length }];
    });
    const categoryOf = pairwise ? choiceOf : gradeOf;
    const agreement = judgeAgreement(
      judged.map(({ people, judge }): Rated => [categoryOf(people), categoryOf(judge)]),
      judged.map(({ row }) => row),
      pairwise ? choices : grades,
      pairwise ? "none" : "quadratic",
    );
    const models = await modelsOf(database, workspaceId, spec);
    const asked = typeof config.model === "string" ? config.model : "default";
    found[scorerId] = {
      ...agreement,
      pairwise,
      accepted: judges[scorerId]?.accepted === true && agreement.acceptable,
      least: leastLabels,
      leastKappa,
      leans: {
        variants: variantLeans(judged, spec.variants.length).flatMap((lean, variant) =>
          lean === null ? [] : [{ ...lean, variant, self: models[variant]?.has(asked) === true }],
        ),
        length: lengthLean(judged),
        side: sideLean(pairs),
      },
    };
  }
  return found;
};

export const judgeAgreements = viewerProcedure
  .input(byIdInput)
  .query(({ ctx, input: { id } }) => agreementsOf(ctx.database, ctx.workspaceId, id));
