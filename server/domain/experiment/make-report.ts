import type { Prisma } from "@/generated/prisma/client";
import type { Cell, PairCell, ReportRow } from "@/runtime/eval/contract/cell";
import type { Report } from "@/runtime/eval/contract/report";
import { isPairScorer, type Score } from "@/runtime/eval/contract/scorer";
import type { Drop } from "@/runtime/eval/report/elimination";
import { reportInWorker } from "@/runtime/eval/report/report-in-worker";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import type { Database } from "@/server/platform/db/database";
import type { Covariates } from "./covariates";
import { mayDrop } from "./dropping-metric";
import { agreementsOf } from "./judge-agreements";
import { lookOf } from "./looks";
import { storedSpec } from "./ready-experiment";
import { isSameVersion } from "./same-version";

interface CellRow extends Omit<Cell, "scores" | "costMicroUsd" | "attempts"> {
  readonly attempts: number;
  readonly scores: string;
  readonly costMicroUsd: string | number | null;
  readonly cached: boolean;
  readonly sourceId: string | null;
}

/** By scorer id, of judges: whether somebody accepted it, and on how many labels. */
export type StoredJudges = Readonly<Record<string, { readonly accepted: boolean; readonly labelled: number }>>;

interface Answer {
  readonly scorerId: string;
  readonly row: number;
  readonly repeat: number;
  readonly variant: number;
  readonly value: number;
}

const key = (row: number, variant: number, repeat: number) => `${row}/${variant}/${repeat}`;

/** Several people's answers to one thing count as their mean. */
const meansOf = (answers: readonly Answer[]): Map<string, Answer> => {
  const sums = new Map<string, { readonly answer: Answer; sum: number; count: number }>();
  for (const answer of answers) {
    const place = `${answer.scorerId}/${key(answer.row, answer.variant, answer.repeat)}`;
    const known = sums.get(place);
    if (known === undefined) sums.set(place, { answer, sum: answer.value, count: 1 });
    else {
      known.sum += answer.value;
      known.count += 1;
    }
  }
  return new Map([...sums].map(([place, { answer, sum, count }]) => [place, { ...answer, value: sum / count }]));
};

interface MakeOptions {
  readonly cautions?: readonly string[];
  readonly signal?: AbortSignal;
  /** Whoever wants to see what the report is made of makes it. */
  readonly make?: typeof reportInWorker;
}

/** Makes the report of an experiment from the cells that are there, and stores it. Gives null where the experiment is gone. */
export const makeReport = async (
  database: Database,
  workspaceId: string,
  id: string,
  { cautions = [], signal, make = reportInWorker }: MakeOptions = {},
): Promise<Report | null> => {
  const experiment = await database.prisma.experiment.findFirst({ where: { id, workspaceId } });
  if (experiment === null) return null;
  // Before anything is read: what is said from here on is newer than the report.
  const madeAt = new Date().toISOString();
  const spec = storedSpec(experiment.spec);
  const judges = experiment.judges as unknown as StoredJudges;
  const [look, rows, cells, pairs, answers, missing, notWhole] = await Promise.all([
    lookOf(database, experiment, spec),
    database.query<ReportRow & { readonly covariates: number[] }>(
      `SELECT "weight", "tags", "split", "group", "inputsKey", "covariates" FROM "ExperimentRow" WHERE "experimentId" = $1 ORDER BY "row"`,
      [id],
    ),
    database.query<CellRow>(
      `SELECT "variant", "row", "repeat", "status", "durationMs", "attempts", "inputTokens", "outputTokens", "costMicroUsd", "scores", "cached", "sourceId"
       FROM "ExperimentCell" WHERE "experimentId" = $1 AND "status" <> 'unanswered'`,
      [id],
    ),
    database.query<PairCell>(
      `SELECT "scorerId", "variant", "row", "repeat", "value" FROM "ExperimentPair" WHERE "experimentId" = $1`,
      [id],
    ),
    database.query<Answer>(
      `SELECT "scorerId", "row", "repeat", "variant", "value" FROM "ReviewAnswer" WHERE "experimentId" = $1`,
      [id],
    ),
    database.query<{ variant: number; row: number }>(
      `SELECT "variant", "row" FROM "ExperimentCell" WHERE "experimentId" = $1 AND "status" = 'unanswered'`,
      [id],
    ),
    database.query<{ variant: number; count: number }>(
      `SELECT c."variant", count(*)::int AS "count" FROM "ExperimentCell" c JOIN "Run" r ON r."id" = c."runId"
       WHERE c."experimentId" = $1 AND c."status" = 'success' AND r."replyOutcome" IS NOT NULL GROUP BY c."variant"`,
      [id],
    ),
  ]);
  const people = new Set(
    spec.scorers.flatMap(({ id: scorer, type }) => (findScorer(type)?.asksPerson ? [scorer] : [])),
  );
  const said = meansOf(answers.filter(({ scorerId }) => people.has(scorerId)));
  const pairwise = new Set(
    spec.scorers.flatMap(({ id: scorerId, type }) => {
      const scorer = findScorer(type);
      return scorer !== undefined && isPairScorer(scorer) ? [scorerId] : [];
    }),
  );
  const judging = new Set(spec.scorers.flatMap(({ id: scorer, type }) => (findScorer(type)?.judge ? [scorer] : [])));
  const labels = [...meansOf(answers.filter(({ scorerId }) => judging.has(scorerId))).values()];
  const hasAccepted = [...judging].some((scorerId) => judges[scorerId]?.accepted === true);
  // What people have said since may contradict a judge that was accepted.
  const agreements = hasAccepted ? await agreementsOf(database, workspaceId, id) : {};
  const ratings = [...people].filter((scorerId) => !pairwise.has(scorerId));
  const cached = spec.variants.map(() => 0);
  const read = cells.map(({ scores: text, costMicroUsd, cached: isCached, sourceId, attempts, ...cell }): Cell => {
    if (isCached) cached[cell.variant] = (cached[cell.variant] ?? 0) + 1;
    const scores = JSON.parse(text) as Record<string, Score>;
    for (const scorerId of ratings) {
      const rating = said.get(`${scorerId}/${key(cell.row, cell.variant, cell.repeat)}`);
      if (rating !== undefined) scores[scorerId] = { values: { rating: rating.value } };
    }
    const source = isCached ? { source: sourceId ?? `unknown/${cell.variant}` } : {};
    return {
      ...cell,
      ...source,
      ...(attempts > 1 && { attempts }),
      costMicroUsd: costMicroUsd === null ? null : Number(costMicroUsd),
      scores,
    };
  });
  const preferred = [...said.values()].filter(({ scorerId }) => pairwise.has(scorerId));
  const unansweredRows = spec.variants.map((_, variant) =>
    missing.flatMap((each) => (each.variant === variant ? [each.row] : [])),
  );
  const population = experiment.population as unknown as Covariates["population"] | null;
  const drops = experiment.dropped as unknown as readonly Drop[];
  const stored = (experiment.report as unknown as Report | null)?.verdict.cautions ?? [];
  const made = await make(
    {
      madeAt,
      alpha: spec.alpha * look.share,
      look: { number: look.number, alpha: spec.alpha },
      correction: spec.correction,
      margin: spec.margin,
      seed: spec.seed,
      variants: spec.variants.map(({ key: variantKey, label }) => ({ key: variantKey, label })),
      baseline: spec.variants.findIndex((variant) => variant.key === spec.baseline),
      repeats: spec.repeats,
      primary: spec.primary,
      scorers: spec.scorers.flatMap(({ id: scorerId, type }) => {
        const scorer = findScorer(type);
        return scorer === undefined
          ? []
          : [
              {
                id: scorerId,
                type,
                title: scorer.title,
                pairwise: pairwise.has(scorerId),
                counts: !scorer.judge || agreements[scorerId]?.accepted === true,
              },
            ];
      }),
      rows: rows.map(({ covariates: _, ...row }) => row),
      cells: read,
      pairs: [...pairs, ...preferred],
      labels: labels.map(({ scorerId, variant, row, repeat, value }) => ({ scorerId, variant, row, repeat, value })),
      cached,
      unanswered: unansweredRows.map(({ length }) => length),
      unansweredRows,
      notWhole: spec.variants.map((_, variant) => notWhole.find((each) => each.variant === variant)?.count ?? 0),
      cellsTotal: experiment.cellsTotal,
      ...(isSameVersion(spec) && { sameVersion: true }),
      ...(population !== null && {
        covariates: { names: spec.covariates, values: rows.map(({ covariates }) => covariates), population },
      }),
      ...(mayDrop(spec) && { dropping: true }),
      ...(drops.length > 0 && { dropped: drops }),
      cautions: [...new Set([...cautions, ...stored.filter((caution) => caution === "leakage")])],
    },
    process.cwd(),
    signal,
  );
  const report = { ...made, answers: answers.length };
  await database.prisma.experiment.updateMany({
    where: { id, workspaceId },
    data: { report: report as unknown as Prisma.InputJsonObject },
  });
  return report;
};
