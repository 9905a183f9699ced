import { randomUUID } from "node:crypto";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { PersonAnswer } from "@/runtime/node/people";
import { maskOptions } from "@/server/domain/run/pause/mask-question";
import { goOnSoon } from "@/server/domain/run/pause/take-up-run";
import type { Database } from "@/server/platform/db/database";
import { type Proposal, proposalOf, sameProposal } from "./check-decision";
import type { Decision, DecisionWay, InboxState, Obstacle } from "./inbox.types";
import { obstacleOf, type Reviewer } from "./may-answer";
import { approvers, askedOf, findTask, proposed, questionOf, type TaskRow } from "./task-row";
import { inboxTaskView } from "./task-view";

export interface Decided {
  readonly id: string;
  readonly runId: string;
  readonly state: InboxState;
  /** How many more have to approve. */
  readonly missing: number;
}

export type DecisionRefusal =
  | { readonly reason: "not-found" }
  | { readonly reason: Obstacle; readonly state: InboxState }
  | { readonly reason: "invalid"; readonly field: string; readonly message: string };

/** Two who decide in the same moment: the second looks again. */
const mostTries = 5;

/**
 * What one person says. The decision, and with the last one the answer, are stored in one statement, of which among several at the same moment one wins; then the run goes
 * on, once, however often this is sent. Where that fails, it is tried again with each look at the inbox, and where the app stops in between, when it starts.
 */
export const decide = async (
  database: Database,
  workspaceId: string,
  id: string,
  { reviewer, decision, via }: { readonly reviewer: Reviewer; readonly decision: Decision; readonly via: DecisionWay },
  now: Date = new Date(),
): Promise<Result<Decided, DecisionRefusal>> => {
  for (let tried = 0; tried < mostTries; tried++) {
    const row = await findTask(database, workspaceId, id);
    if (row === null) return fail({ reason: "not-found" });
    const obstacle = obstacleOf(askedOf(row), reviewer, now);
    if (obstacle !== null) return fail({ reason: obstacle, state: row.state });
    // What they do not see whole they would damage.
    if (decision.value !== undefined && questionOf(row).kind === "edit" && (await isMaskedFor(row, reviewer)))
      return fail({ reason: "invalid", field: "value", message: masked });
    const next = await outcomeOf(row, reviewer, await meantBy(row, reviewer, decision), now);
    if (!next.ok) return fail({ reason: "invalid", ...next.error });
    if (!(await store(database, row, next.value, { reviewer, decision, via }, now))) continue;
    if (next.value.state !== "open") await goOnSoon(database, row.runId);
    return ok({ id, runId: row.runId, state: next.value.state, missing: next.value.missing });
  }
  return fail({ reason: "reserved", state: "open" });
};

const masked = "Personal data is masked for you, so you can approve or reject, not edit.";
const isMaskedFor = async (row: TaskRow, reviewer: Reviewer): Promise<boolean> =>
  !reviewer.seesPersonalData && (await inboxTaskView(row, reviewer, new Map(), new Date(0))).isMasked;

/** Whoever sees the options masked chooses by what they see. */
const meantBy = async (row: TaskRow, { seesPersonalData }: Reviewer, decision: Decision): Promise<Decision> => {
  const { kind, masksPersonalData, options = [] } = questionOf(row);
  if (kind !== "choose" || !masksPersonalData || seesPersonalData || typeof decision.value !== "string")
    return decision;
  const value = options[(await maskOptions(options)).value.indexOf(decision.value)];
  return value === undefined ? decision : { ...decision, value };
};

interface Outcome {
  readonly state: "open" | "approved" | "rejected";
  readonly round: number;
  readonly proposal: Proposal;
  readonly isEdit: boolean;
  readonly answer: PersonAnswer | null;
  readonly missing: number;
}

const outcomeOf = async (
  row: TaskRow,
  { name }: Reviewer,
  decision: Decision,
  now: Date,
): Promise<Result<Outcome, { readonly field: string; readonly message: string }>> => {
  const question = questionOf(row);
  const before = proposed(row);
  const untouched = before ?? { value: question.value, form: {}, edited: false };
  const { note } = decision;
  const at = now.toISOString();
  if (decision.action === "reject") {
    const { value } = question;
    const answer: PersonAnswer = { outcome: "rejected", value, edited: false, form: {}, note, by: [name], at };
    return ok({ state: "rejected", round: row.round, proposal: untouched, isEdit: false, answer, missing: 0 });
  }
  const given = await proposalOf(question, before, decision);
  if (!given.ok) return given;
  const proposal = given.value;
  const earlier = approvers(row);
  const differs = !sameProposal(proposal, untouched);
  // Who approved something else is asked again.
  const startsAnew = earlier.length > 0 && differs;
  const by = [...(startsAnew ? [] : earlier.map((each) => each.name)), name];
  const missing = Math.max(0, row.reviewers - by.length);
  const { value, form, edited } = proposal;
  const answer: PersonAnswer = { outcome: "approved", value, edited, form, note, by, at };
  return ok({
    state: missing === 0 ? "approved" : "open",
    round: row.round + (startsAnew ? 1 : 0),
    proposal,
    isEdit: differs && question.kind === "edit",
    answer: missing === 0 ? answer : null,
    missing,
  });
};

const store = async (
  database: Database,
  { id, version }: TaskRow,
  { state, round, proposal, isEdit, answer }: Outcome,
  { reviewer, decision, via }: { readonly reviewer: Reviewer; readonly decision: Decision; readonly via: DecisionWay },
  now: Date,
): Promise<boolean> => {
  const stored = await database.query<{ id: string }>(
    `WITH "changed" AS (
       UPDATE "InboxTask" SET "state" = $3::"InboxState", "round" = $4, "proposal" = $5, "answer" = $6, "version" = "version" + 1,
         "decidedAt" = CASE WHEN $6::text IS NULL THEN NULL ELSE $7::timestamp(3) END,
         "escalateAt" = CASE WHEN $6::text IS NULL THEN "escalateAt" END, "reservedBy" = NULL, "reservedUntil" = NULL
       WHERE "id" = $1 AND "version" = $2 AND "state" = 'open' RETURNING "id", "workspaceId"
     )
     INSERT INTO "InboxDecision" ("id", "workspaceId", "taskId", "reviewer", "name", "round", "isApproval", "isEdit", "value", "form", "note",
       "seconds", "via", "createdAt")
     SELECT $8, "workspaceId", "id", $9, $10, $4, $11, $12, $13, $14::jsonb, $15, $16, $17, $7::timestamp(3) FROM "changed"
     RETURNING "id"`,
    [
      id,
      version,
      state,
      round,
      JSON.stringify(proposal),
      answer === null ? null : JSON.stringify(answer),
      now.toISOString(),
      randomUUID(),
      reviewer.id,
      reviewer.name,
      decision.action === "approve",
      isEdit,
      JSON.stringify(proposal.value),
      JSON.stringify(proposal.form),
      decision.note,
      decision.seconds ?? null,
      via,
    ],
  );
  return stored.length > 0;
};
