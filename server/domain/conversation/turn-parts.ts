import { type EndedTurn, keptText } from "@/runtime/run/ended-turn";

interface Ending {
  readonly run: { readonly id: string };
  readonly turn?: EndedTurn;
}

/** Takes personal data out of what is kept. */
export type Masking = (text: string) => Promise<string>;

/**
 * Further parts of the statement that stores runs, so that a turn is there if and only if the run's end is, and once: nothing, for all runs that are by
 * themselves. Only the run that holds the conversation writes to it.
 */
export const turnParts = async (
  writes: readonly Ending[],
  parametersBefore: number,
  mask: Masking,
): Promise<{ readonly parts: string; readonly parameters: readonly unknown[] }> => {
  const rows: object[] = [];
  for (const { run, turn } of writes) {
    if (turn === undefined) continue;
    const { key, number, said, masksPersonalData, summary } = turn;
    const kept = async (text: string) => (masksPersonalData ? keptText(await mask(text)) : text);
    rows.push({
      runId: run.id,
      key,
      number: said === null ? null : number,
      question: said === null ? "" : await kept(said.question),
      answer: said === null ? "" : await kept(said.answer),
      summary: summary === null ? null : keptText(summary.text),
      summaryUntil: summary?.until ?? null,
    });
  }
  if (rows.length === 0) return { parts: "", parameters: [] };
  const parts = `, "talks" AS (
  SELECT * FROM jsonb_to_recordset($${parametersBefore + 1}::jsonb) AS t("runId" text, "key" text, "number" int, "question" text, "answer" text,
    "summary" text, "summaryUntil" int)
), "freed" AS (
  UPDATE "Conversation" SET "busyRunId" = NULL, "busySince" = NULL,
    "lastTurn" = COALESCE(t."number", "lastTurn"),
    "lastTurnAt" = CASE WHEN t."number" IS NULL THEN "lastTurnAt" ELSE now() AT TIME ZONE 'utc' END,
    "summary" = COALESCE(t."summary", "Conversation"."summary"), "summaryUntil" = COALESCE(t."summaryUntil", "Conversation"."summaryUntil")
  FROM "talks" t WHERE "Conversation"."id" = t."key" AND "Conversation"."busyRunId" = t."runId"
  RETURNING t."runId"
), "said" AS (
  UPDATE "ConversationTurn" SET "number" = t."number", "question" = t."question", "answer" = t."answer"
  FROM "talks" t WHERE "ConversationTurn"."runId" = t."runId" AND t."number" IS NOT NULL AND t."runId" IN (SELECT "runId" FROM "freed")
)`;
  return { parts, parameters: [JSON.stringify(rows)] };
};
