import type { Score } from "@/runtime/eval/contract/scorer";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import { type JudgeAgreement, judgeAgreement, leastLabels } from "@/runtime/eval/report/judge-agreement";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import type { Rated } from "@/runtime/eval/statistics/cohen-kappa";
import type { Database } from "@/server/db";
import { viewerProcedure } from "@/server/trpc";
import { byIdInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";
import { storedSpec } from "./ready-experiment";

/** Grades from 1 to 5 as places 0 to 4; worse, same, better as 0 to 2. */
const grades = 5;
const choices = 3;
const gradeOf = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * (grades - 1));
const choiceOf = (value: number) => Math.sign(value) + 1;

export interface JudgeView extends JudgeAgreement {
  readonly pairwise: boolean;
  readonly accepted: boolean;
  /** Labels that it takes before it can be accepted. */
  readonly least: number;
}

/** How far each judge of an experiment agrees with what people said of the same answers, by scorer id. */
export const agreementsOf = async (
  database: Database,
  workspaceId: string,
  id: string,
): Promise<Readonly<Record<string, JudgeView>>> => {
  const experiment = await findExperiment(database, workspaceId, id);
  const judges = experiment.judges as Record<string, { readonly accepted?: boolean }>;
  const { prisma } = database;
  const found: Record<string, JudgeView> = {};
  for (const { id: scorerId, type } of storedSpec(experiment.spec).scorers) {
    const scorer = findScorer(type);
    if (scorer?.judge !== true) continue;
    const answers = await prisma.reviewAnswer.findMany({ where: { experimentId: id, workspaceId, scorerId } });
    const place = ({ row, variant, repeat }: { row: number; variant: number; repeat: number }) =>
      `${row}/${variant}/${repeat}`;
    const rows = [...new Set(answers.map(({ row }) => row))];
    const pairwise = isPairScorer(scorer);
    const said = new Map<string, number>();
    if (pairwise) {
      const pairs = await prisma.experimentPair.findMany({
        where: { experimentId: id, workspaceId, scorerId, row: { in: rows } },
      });
      for (const pair of pairs) if (pair.value !== null) said.set(place(pair), choiceOf(pair.value));
    } else {
      const cells = await prisma.experimentCell.findMany({
        where: { experimentId: id, workspaceId, row: { in: rows } },
        select: { row: true, variant: true, repeat: true, scores: true },
      });
      const [metric] = scorer.metrics;
      for (const cell of cells) {
        const value = (JSON.parse(cell.scores) as Record<string, Score>)[scorerId]?.values[metric?.key ?? ""];
        if (typeof value === "number") said.set(place(cell), gradeOf(value));
      }
    }
    const rated = answers.flatMap((answer): Rated[] => {
      const judge = said.get(place(answer));
      return judge === undefined ? [] : [[pairwise ? choiceOf(answer.value) : gradeOf(answer.value), judge]];
    });
    found[scorerId] = {
      ...judgeAgreement(rated, pairwise ? choices : grades, pairwise ? "none" : "quadratic"),
      pairwise,
      accepted: judges[scorerId]?.accepted === true,
      least: leastLabels,
    };
  }
  return found;
};

export const judgeAgreements = viewerProcedure
  .input(byIdInput)
  .query(({ ctx, input: { id } }) => agreementsOf(ctx.database, ctx.workspaceId, id));
