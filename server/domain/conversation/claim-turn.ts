import { randomUUID } from "node:crypto";
import { fail, ok, type Result } from "@/runtime/graph/result";
import {
  type ConversationSnapshot,
  type ConversationSpec,
  type ConversationTurn,
  conversationLimits,
} from "@/runtime/node/conversation";
import type { Database } from "@/server/platform/db/database";
import { type ConversationOwner, ownerKey, unknownForMs } from "./conversation.types";
import { maySpeak } from "./room";

/** `busy`: another run of it has not ended; `waiting` says that it waits for a person. */
export type TurnRefusal =
  | { readonly reason: "busy"; readonly runId: string; readonly waiting: boolean }
  /** No room for another conversation, or for another run of this one. */
  | { readonly reason: "too-many" | "full" };

/** How a run stands that has a conversation, as far as whoever asks knows. */
export type RunStanding = "running" | "paused" | "ended" | "unknown";

export interface TurnAsked {
  readonly owner: ConversationOwner;
  /** What the caller calls it; null begins one. */
  readonly name: string | null;
  readonly user: string;
  readonly runId: string;
  readonly spec: ConversationSpec;
  /** How the run stands that holds the conversation. */
  readonly standing: (runId: string) => Promise<RunStanding>;
  readonly now?: Date;
}

interface Claimed {
  readonly id: string;
  readonly name: string;
  readonly lastTurn: number;
  readonly summary: string;
  readonly summaryUntil: number;
}

/**
 * Takes the next turn of a conversation for a run, and gives what the run remembers. Only one run has it at a time: a second one is refused, rather than made to
 * wait or to answer without knowing what the first said.
 */
export const claimTurn = async (
  database: Database,
  asked: TurnAsked,
): Promise<Result<ConversationSnapshot, TurnRefusal>> => {
  const { spec, user } = asked;
  const claimed = await claim(database, asked);
  if (!claimed.ok) return claimed;
  const { id: key, lastTurn } = claimed.value;
  // The words of the one that this pushes out; that its run was of this conversation stays known, for who has it erased.
  await database.prisma.conversationTurn.updateMany({
    where: { conversationId: key, number: lastTurn + 1 - conversationLimits.keptTurns },
    data: { question: "", answer: "" },
  });
  return ok(await remembered(database, claimed.value, user, spec));
};

const remembered = async (
  database: Database,
  { id: key, name, lastTurn, summary, summaryUntil }: Claimed,
  user: string,
  spec: ConversationSpec,
): Promise<ConversationSnapshot> => ({
  id: name,
  key,
  user,
  turn: lastTurn + 1,
  summary: summary === "" ? null : { text: summary, until: summaryUntil },
  turns: await readTurns(database, key, spec.sinceSummary ? summaryUntil : 0, spec.turns),
  message: spec.message,
  answer: spec.answer,
  masksPersonalData: spec.masksPersonalData,
});

/** What a run remembers that took its turn when it was accepted and begins only now: nothing was said meanwhile. null for a run that has no turn. */
export const heldTurn = async (
  database: Database,
  runId: string,
  spec: ConversationSpec,
): Promise<ConversationSnapshot | null> => {
  const [held] = await database.query<Claimed & { readonly endUser: string }>(
    `SELECT "id", "name", "endUser", "lastTurn", "summary", "summaryUntil" FROM "Conversation" WHERE "busyRunId" = $1`,
    [runId],
  );
  return held === undefined ? null : remembered(database, held, held.endUser, spec);
};

/** Gives a turn back that no run took. */
export const releaseTurn = async (database: Database, runId: string): Promise<void> => {
  await database.query(
    `WITH "gone" AS (DELETE FROM "ConversationTurn" WHERE "runId" = $1 AND "number" IS NULL RETURNING "conversationId")
     UPDATE "Conversation" SET "busyRunId" = NULL, "busySince" = NULL WHERE "id" IN (SELECT "conversationId" FROM "gone") AND "busyRunId" = $1`,
    [runId],
  );
};

const claim = async (database: Database, asked: TurnAsked): Promise<Result<Claimed, TurnRefusal>> => {
  const { owner, user, standing, now = new Date() } = asked;
  const name = asked.name ?? randomUUID();
  const whose = [ownerKey(owner), user, name];
  let [row] = await take(database, asked, whose, null, now);
  if (row === undefined) {
    const [known] = await database.query<{ busyRunId: string | null; busySince: Date | null; runs: number }>(
      `SELECT "busyRunId", "busySince", "runs" FROM "Conversation" WHERE "owner" = $1 AND "endUser" = $2 AND "name" = $3`,
      whose,
    );
    if (known === undefined) {
      if (!(await maySpeak(database, owner.workspaceId, { now }))) return fail({ reason: "too-many" });
      await database.query(
        `INSERT INTO "Conversation" ("id", "workspaceId", "pipelineId", "deploymentId", "owner", "endUser", "name", "createdAt", "lastTurnAt")
         VALUES ($4, $5, $6, $7, $1, $2, $3, $8::timestamptz AT TIME ZONE 'UTC', $8::timestamptz AT TIME ZONE 'UTC') ON CONFLICT DO NOTHING`,
        [...whose, randomUUID(), owner.workspaceId, owner.pipelineId, owner.deploymentId, now.toISOString()],
      );
      [row] = await take(database, asked, whose, null, now);
    } else if (known.runs >= conversationLimits.runs) return fail({ reason: "full" });
    else if (known.busyRunId !== null) {
      const held = await standing(known.busyRunId);
      const sinceMs = now.getTime() - (known.busySince?.getTime() ?? 0);
      const isOver = held === "ended" || (held === "unknown" && sinceMs > unknownForMs);
      if (!isOver) return fail({ reason: "busy", runId: known.busyRunId, waiting: held === "paused" });
      // Its end may have let go of the conversation meanwhile.
      [row] = await take(database, asked, whose, null, now);
      if (row === undefined) [row] = await take(database, asked, whose, known.busyRunId, now);
    } else [row] = await take(database, asked, whose, null, now);
  }
  if (row !== undefined) return ok(row);
  // Somebody was first.
  const [other] = await database.query<{ busyRunId: string | null }>(
    `SELECT "busyRunId" FROM "Conversation" WHERE "owner" = $1 AND "endUser" = $2 AND "name" = $3`,
    whose,
  );
  return fail({ reason: "busy", runId: other?.busyRunId ?? "", waiting: false });
};

/** Takes it where it is free, or held by a run that is over. */
const take = (
  database: Database,
  { runId }: TurnAsked,
  whose: readonly string[],
  from: string | null,
  now: Date,
): Promise<readonly Claimed[]> =>
  database.query<Claimed>(
    `WITH "taken" AS (
       UPDATE "Conversation" SET "busyRunId" = $4, "runs" = "runs" + 1, "forgottenAt" = NULL, "busySince" = $6::timestamptz AT TIME ZONE 'UTC'
       WHERE "owner" = $1 AND "endUser" = $2 AND "name" = $3 AND "busyRunId" IS NOT DISTINCT FROM $5 AND "runs" < $7
       RETURNING "id", "name", "lastTurn", "summary", "summaryUntil"
     ), "linked" AS (
       INSERT INTO "ConversationTurn" ("runId", "conversationId") SELECT $4, "id" FROM "taken"
     )
     SELECT * FROM "taken"`,
    [...whose, runId, from, now.toISOString(), conversationLimits.runs],
  );

/** The latest turns after a number, oldest first, as many as a run is given. */
const readTurns = async (
  database: Database,
  conversationId: string,
  after: number,
  most: number,
): Promise<readonly ConversationTurn[]> => {
  const rows = await database.query<ConversationTurn>(
    `SELECT "number", "question", "answer" FROM "ConversationTurn"
     WHERE "conversationId" = $1 AND "number" > $2 ORDER BY "number" DESC LIMIT $3`,
    [conversationId, after, most],
  );
  let left: number = conversationLimits.characters;
  const fitting: ConversationTurn[] = [];
  for (const row of rows) {
    left -= row.question.length + row.answer.length;
    if (left < 0) break;
    fitting.push(row);
  }
  return fitting.reverse();
};

/**
 * A run that is made from another one holds what was said there: where that was of a conversation, so is this, though it is no turn of it. Whoever has the conversation
 * erased has this erased, too.
 */
export const linkRun = async (database: Database, runId: string, from: string): Promise<void> => {
  await database.query(
    `WITH "of" AS (
       UPDATE "Conversation" SET "runs" = "runs" + 1
       WHERE "id" IN (SELECT "conversationId" FROM "ConversationTurn" WHERE "runId" = $2) RETURNING "id"
     )
     INSERT INTO "ConversationTurn" ("runId", "conversationId") SELECT $1, "id" FROM "of" ON CONFLICT DO NOTHING`,
    [runId, from],
  );
};
