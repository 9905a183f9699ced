import type { Experiment } from "@/generated/prisma/client";
import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { partLeft } from "@/runtime/eval/report/dropped";
import { levelOfLook } from "@/runtime/eval/statistics/looks";
import { hashJson } from "@/runtime/graph/hash";
import { contentStates } from "@/server/domain/answer-cache/content-states";
import type { Database } from "@/server/platform/db/database";
import { mayDrop } from "./dropping-metric";

/** A finished or coming look at a question, and the part of alpha that one comparison of it is decided at; dropping losers has a part of its own. */
export interface Look {
  readonly number: number;
  readonly share: number;
}

interface Stored {
  readonly experimentId: string;
  readonly rowsKey: string;
  readonly rows: number;
  readonly number: number;
  readonly share: number;
}

interface Seen {
  readonly rowsKey: string;
  readonly rows: number;
  /** Of its answers, those taken from earlier experiments: 0 to 1. */
  readonly shared: number;
}

type Asked = Pick<Experiment, "id" | "workspaceId" | "pipelineId" | "datasetVersionId">;

/** What is asked, one hash for each variant: adding another variant does not make it another question. Rows, margin and seed are none of it. */
const questionsOf = async (database: Database, asked: Omit<Asked, "id">, spec: ExperimentSpec): Promise<string[]> => {
  const { datasetId } = await database.prisma.datasetVersion.findFirstOrThrow({
    where: { id: asked.datasetVersionId, workspaceId: asked.workspaceId },
    select: { datasetId: true },
  });
  const states = await contentStates(
    database,
    asked.workspaceId,
    spec.variants.map(({ revisionId }) => revisionId),
  );
  const dot = spec.primary.indexOf(".");
  const scorer = spec.scorers.find(({ id }) => id === spec.primary.slice(0, dot));
  const metric = [scorer?.type, scorer?.config, scorer?.output, scorer?.expected, spec.primary.slice(dot + 1)];
  const side = (revisionId: string) => [revisionId, states.get(revisionId) ?? null];
  const baseline = spec.variants.find(({ key }) => key === spec.baseline)?.revisionId ?? "";
  return spec.variants.flatMap(({ key, revisionId }) =>
    key === spec.baseline ? [] : [hashJson([side(baseline), side(revisionId), metric, datasetId])],
  );
};

const seenIn = async (database: Database, { id }: Asked, spec: ExperimentSpec): Promise<Seen> => {
  const [rows] = await database.query<{ key: string; rows: number }>(
    `SELECT md5(coalesce(string_agg("inputsKey" || '/' || "copy" || '/' || md5("expected") || '/' || "weight" || '/' || coalesce("group", ''), ','
       ORDER BY "inputsKey", "copy", md5("expected")), '')) AS "key", count(*)::int AS "rows" FROM "ExperimentRow" WHERE "experimentId" = $1`,
    [id],
  );
  const [cells] = await database.query<{ shared: number | null }>(
    `SELECT avg("cached"::int)::float8 AS "shared" FROM "ExperimentCell" WHERE "experimentId" = $1`,
    [id],
  );
  // An experiment that may drop losers decides at another level: it is another look than one of the same answers that may not.
  const rowsKey = `${rows?.key}/${spec.repeats}${mayDrop(spec) ? "/dropping" : ""}`;
  return { rowsKey, rows: rows?.rows ?? 0, shared: cells?.shared ?? 0 };
};

/** The same rows with the same answers are the same look; anything else that was asked before is a follow-up. */
const lookAfter = (
  earlier: readonly Stored[],
  { rowsKey, rows, shared }: Seen,
  { alpha, part }: { readonly alpha: number; readonly part: number },
): Look => {
  const same = earlier.find((look) => look.rowsKey === rowsKey);
  if (same !== undefined && shared === 1) return { number: same.number, share: same.share };
  const number = 1 + Math.max(0, ...earlier.map((look) => look.number));
  const known = earlier.map((look) => ({
    level: alpha * look.share,
    correlation: Math.min(look.rows, shared * rows) / Math.sqrt(Math.max(1, look.rows * rows)),
  }));
  return { number, share: (part * levelOfLook(number, alpha, known)) / alpha };
};

/** Which look at its question an experiment is. Until it is finished, what it would be now. */
export const lookOf = async (database: Database, asked: Asked, spec: ExperimentSpec): Promise<Look> => {
  const { workspaceId, pipelineId, id } = asked;
  const own = await database.prisma.experimentLook.findFirst({ where: { workspaceId, experimentId: id } });
  if (own !== null) return own;
  const questions = await questionsOf(database, asked, spec);
  const earlier = await database.prisma.experimentLook.findMany({
    where: { workspaceId, pipelineId, question: { in: questions } },
    orderBy: { createdAt: "asc" },
  });
  const part = partLeft(mayDrop(spec));
  return earlier.length === 0
    ? { number: 1, share: part }
    : lookAfter(earlier, await seenIn(database, asked, spec), { alpha: spec.alpha, part });
};

/** When the first experiment that looked at one of its questions began; null where none has. */
export const firstAskedAt = async (
  database: Database,
  asked: Omit<Asked, "id">,
  spec: ExperimentSpec,
): Promise<Date | null> => {
  const { workspaceId, pipelineId } = asked;
  const first = await database.prisma.experimentLook.findFirst({
    where: { workspaceId, pipelineId, question: { in: await questionsOf(database, asked, spec) } },
    orderBy: { createdAt: "asc" },
  });
  if (first === null) return null;
  const experiment = await database.prisma.experiment.findFirst({
    where: { id: first.experimentId, workspaceId },
    select: { createdAt: true },
  });
  return experiment?.createdAt ?? first.createdAt;
};

/** Writes down that a question was looked at with all answers there. It stays when the experiment is deleted. */
export const recordLook = async (database: Database, asked: Asked, spec: ExperimentSpec): Promise<void> => {
  const { workspaceId, pipelineId, id } = asked;
  const [{ number, share }, questions, { rowsKey, rows }] = await Promise.all([
    lookOf(database, asked, spec),
    questionsOf(database, asked, spec),
    seenIn(database, asked, spec),
  ]);
  await database.prisma.experimentLook.createMany({
    data: [...new Set(questions)].map((question) => ({
      workspaceId,
      pipelineId,
      experimentId: id,
      question,
      rowsKey,
      rows,
      number,
      share,
    })),
    skipDuplicates: true,
  });
};
