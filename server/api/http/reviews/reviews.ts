import { z } from "zod";
import { decide } from "@/server/domain/inbox/decide";
import { obstacleText } from "@/server/domain/inbox/decide-task";
import { decision, inboxLimits, inboxStates } from "@/server/domain/inbox/inbox.types";
import type { Reviewer } from "@/server/domain/inbox/may-answer";
import { findTask, type TaskRow, taskInclude } from "@/server/domain/inbox/task-row";
import { inboxTaskView } from "@/server/domain/inbox/task-view";
import type { Database } from "@/server/platform/db/database";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { requireRight } from "@/server/platform/route/key-rights";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { readBody } from "../published/read-body";

type Call<Parameters> = RouteCall<"api-key", Parameters>;

const pageSize = 50;
const query = z.strictObject({
  state: z.enum(inboxStates).default("open"),
  runId: z.string().min(1).max(64).optional(),
  cursor: z.string().max(120).optional(),
});

const unknownReview = () =>
  new RouteRefusal(404, "not-found", "There is no such review, or the key is not for it.", {
    hint: "Reviews are listed under /api/v1/reviews.",
  });

/** Only the runs of what a key is for; those of the editor belong to none. */
const ofKey = ({ deploymentIds }: KeyHolder) =>
  deploymentIds === null ? {} : { run: { deploymentId: { in: [...deploymentIds] } } };

/** The key as whoever answers: what an editor may, and personal data only where the key may see it. */
const reviewerOf = async ({ prisma }: Database, { apiKeyId }: KeyHolder): Promise<Reviewer> => {
  const { name, mayUnmask } = await prisma.apiKey.findUniqueOrThrow({
    where: { id: apiKeyId },
    select: { name: true, mayUnmask: true },
  });
  return { id: `key:${apiKeyId}`, name, email: null, role: "editor", seesPersonalData: mayUnmask };
};

const answerOf = async (row: TaskRow, reviewer: Reviewer) => {
  const view = await inboxTaskView(row, reviewer, new Map(), new Date());
  const { id, runId, kind, title, state, instructions, value, proposal, shown, options, form, outcome } = view;
  return {
    id,
    runId,
    pipeline: view.pipeline.name,
    kind,
    title,
    instructions,
    state,
    value,
    proposal,
    shown,
    ...(options.length > 0 ? { options } : {}),
    ...(form === null ? {} : { form }),
    reviewers: view.reviewers,
    approvals: view.approvals,
    createdAt: view.createdAt,
    dueAt: view.dueAt,
    decidedAt: view.decidedAt,
    outcome,
    isMasked: view.isMasked,
    decisions: view.decisions.map(({ name, isApproval, isEdit, note, at }) => ({ name, isApproval, isEdit, note, at })),
  };
};

const covered = async (database: Database, caller: KeyHolder, id: string): Promise<TaskRow> => {
  const own = { id, workspaceId: caller.workspaceId, ...ofKey(caller) };
  if ((await database.prisma.inboxTask.findFirst({ where: own, select: { id: true } })) === null) throw unknownReview();
  const row = await findTask(database, caller.workspaceId, id);
  if (row === null) throw unknownReview();
  return row;
};

/** `GET /api/v1/reviews?state=open&runId=…&cursor=…`: what people are asked, latest first. */
export const listReviews = async ({ request, caller, database }: Call<object>): Promise<Response> => {
  requireRight(caller, "mayDecide");
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const { state, runId, cursor } = readBody(query, parameters, "Ask with state, runId and cursor alone.");
  const rows = await database.prisma.inboxTask.findMany({
    where: {
      AND: [
        { workspaceId: caller.workspaceId, state, ...(runId === undefined ? {} : { runId }) },
        ofKey(caller),
        behind("createdAt", readCursor(cursor)),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: pageSize + 1,
    include: taskInclude,
  });
  const reviewer = await reviewerOf(database, caller);
  const { items, nextCursor } = pageOf(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  const reviews = await Promise.all(items.map((row) => answerOf(row, reviewer)));
  return Response.json({ reviews, nextCursor });
};

/** `GET /api/v1/reviews/{reviewId}` */
export const readReview = async ({ parameters, caller, database }: Call<{ reviewId: string }>): Promise<Response> => {
  requireRight(caller, "mayDecide");
  const row = await covered(database, caller, parameters.reviewId);
  return Response.json(await answerOf(row, await reviewerOf(database, caller)));
};

/** `POST /api/v1/reviews/{reviewId}/decision`: an answer in a person's place. Sent again, it is told what was decided first. */
export const decideReview = async ({
  parameters,
  caller,
  database,
  json,
}: Call<{ reviewId: string }>): Promise<Response> => {
  requireRight(caller, "mayDecide");
  const said = readBody(
    decision,
    await json(inboxLimits.requestBytes),
    'Send {"action": "approve" or "reject"}, with "value", "form" and "note" where they are asked for.',
  );
  const row = await covered(database, caller, parameters.reviewId);
  const reviewer = await reviewerOf(database, caller);
  const decided = await decide(database, caller.workspaceId, row.id, { reviewer, decision: said, via: "api" });
  if (decided.ok) return Response.json(decided.value);
  const { error } = decided;
  switch (error.reason) {
    case "not-found":
      throw unknownReview();
    case "invalid":
      throw new RouteRefusal(400, "request-invalid", error.message, { fields: { [error.field]: error.message } });
    case "closed":
    case "late":
    case "reserved":
      throw new RouteRefusal(409, "review-closed", obstacleText(error.reason, error.state), {
        hint: "The first answer counts. Read the review to see it.",
      });
    case "not-asked":
    case "author":
    case "twice":
      throw new RouteRefusal(403, "review-not-yours", obstacleText(error.reason, error.state), {
        hint: "Use the key of somebody else, or answer in the inbox.",
      });
    default:
      return error satisfies never;
  }
};

const guard = { auth: "api-key" } as const;
export const listReviewsRoute = guardRoute(guard, listReviews);
export const readReviewRoute = guardRoute(guard, readReview);
export const decideReviewRoute = guardRoute(guard, decideReview);
