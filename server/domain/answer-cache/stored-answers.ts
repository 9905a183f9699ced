import type { CachedAnswer, KeptAnswer, NearAnswer } from "@/runtime/capability/cache/contract";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import type { Database } from "@/server/platform/db/database";

/** Where answers lie: those of one step, for some of its callers, that depend on the same. */
export interface AnswerPlace {
  readonly owner: string;
  readonly step: string;
  readonly scope: string;
  readonly depends: string;
}

interface Row {
  readonly id: string;
  readonly runId: string;
  readonly question: string;
  readonly outputs: string;
  readonly createdAt: Date;
  readonly tookMs: number;
  readonly costMicroUsd: number | null;
}

const columns = `"id", "runId", "question", "outputs", "createdAt", "tookMs", "costMicroUsd"`;
const inPlace = `"owner" = $1 AND "step" = $2 AND "scope" = $3 AND "depends" = $4 AND "expiresAt" > ($5::timestamptz AT TIME ZONE 'UTC')`;
const parametersOf = ({ owner, step, scope, depends }: AnswerPlace, now: Date): readonly unknown[] => [
  owner,
  step,
  scope,
  depends,
  now.toISOString(),
];

const answerOf = ({ createdAt, outputs, ...row }: Row, now: Date): CachedAnswer => ({
  ...row,
  outputs: JSON.parse(outputs),
  ageMs: Math.max(0, now.getTime() - createdAt.getTime()),
});

/** The answer to the very same question; null where none is kept, or it is too old. */
export const sameAnswer = async (
  database: Database,
  place: AnswerPlace,
  questionHash: string,
  now: Date,
): Promise<CachedAnswer | null> => {
  const [row] = await database.query<Row>(
    `SELECT ${columns} FROM "CachedAnswer" WHERE ${inPlace} AND "questionHash" = $6`,
    [...parametersOf(place, now), questionHash],
  );
  return row === undefined ? null : answerOf(row, now);
};

/** Answers to the nearest questions, nearest first, among those whose vectors the same model made. */
export const nearAnswers = async (
  database: Database,
  place: AnswerPlace,
  vector: readonly number[],
  model: string,
  now: Date,
): Promise<readonly NearAnswer[]> => {
  const rows = await database.query<Row & { similarity: number }>(
    `WITH "same" AS MATERIALIZED (
       SELECT ${columns}, "embedding" FROM "CachedAnswer"
       WHERE ${inPlace} AND "model" = $6 AND vector_dims("embedding") = ${vector.length}
     )
     SELECT ${columns}, 1 - ("embedding" <=> $7::vector) AS "similarity" FROM "same"
     ORDER BY "embedding" <=> $7::vector, "id" LIMIT ${cacheLimits.nearest}`,
    [...parametersOf(place, now), model, `[${vector.join(",")}]`],
  );
  return rows.map(({ similarity, ...row }) => ({ ...answerOf(row, now), similarity }));
};

export interface NewAnswer extends AnswerPlace, Omit<KeptAnswer, "claim"> {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly runId: string;
  readonly endUser: string;
  readonly questionHash: string;
  readonly question: string;
}

const bytesOfNumber = 4;

/** Keeps an answer, in place of an older one to the same question, and lets go what is then too much of the step or too old. */
export const storeAnswer = async (database: Database, answer: NewAnswer, id: string, now: Date): Promise<void> => {
  const { vector = null, model = "", lifetimeMs, entries, bytes: room } = answer;
  const outputs = JSON.stringify(answer.outputs);
  const question = answer.question.replaceAll("\0", "").toWellFormed();
  const bytes = Buffer.byteLength(outputs) + Buffer.byteLength(question) + (vector?.length ?? 0) * bytesOfNumber;
  await database.query(
    `INSERT INTO "CachedAnswer" ("id", "workspaceId", "pipelineId", "owner", "step", "scope", "depends", "questionHash", "question", "outputs",
       "bytes", "model", "embedding", "runId", "tookMs", "costMicroUsd", "createdAt", "usedAt", "expiresAt", "endUser")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::vector, $14, $15, $16,
       $17::timestamptz AT TIME ZONE 'UTC', $17::timestamptz AT TIME ZONE 'UTC', $18::timestamptz AT TIME ZONE 'UTC', $19)
     ON CONFLICT ("owner", "step", "scope", "depends", "questionHash") DO UPDATE SET
       "question" = EXCLUDED."question", "outputs" = EXCLUDED."outputs", "bytes" = EXCLUDED."bytes", "model" = EXCLUDED."model",
       "embedding" = EXCLUDED."embedding", "runId" = EXCLUDED."runId", "tookMs" = EXCLUDED."tookMs", "costMicroUsd" = EXCLUDED."costMicroUsd",
       "hits" = 0, "createdAt" = EXCLUDED."createdAt", "usedAt" = EXCLUDED."usedAt", "expiresAt" = EXCLUDED."expiresAt"`,
    [
      id,
      answer.workspaceId,
      answer.pipelineId,
      answer.owner,
      answer.step,
      answer.scope,
      answer.depends,
      answer.questionHash,
      question,
      outputs,
      bytes,
      vector === null ? "" : model,
      vector === null ? null : `[${vector.join(",")}]`,
      answer.runId,
      Math.min(2_147_483_647, Math.max(0, Math.round(answer.tookMs))),
      answer.costMicroUsd,
      now.toISOString(),
      new Date(now.getTime() + lifetimeMs).toISOString(),
      answer.endUser,
    ],
  );
  await database.query(
    `DELETE FROM "CachedAnswer" WHERE "id" IN (
       SELECT "id" FROM (
         SELECT "id", "expiresAt", row_number() OVER "latest" AS "place", sum("bytes") OVER "latest" AS "room"
         FROM "CachedAnswer" WHERE "owner" = $1 AND "step" = $2 WINDOW "latest" AS (ORDER BY "usedAt" DESC, "id")
       ) "all"
       WHERE "place" > $3 OR "room" > $4 OR "expiresAt" <= ($5::timestamptz AT TIME ZONE 'UTC')
     )`,
    [answer.owner, answer.step, entries, room, now.toISOString()],
  );
};
