import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure, router, viewerProcedure } from "@/server/platform/trpc/procedures";
import { conversationInput, eraseUserInput, listConversationsInput, listLimit } from "./conversation.types";
import { eraseConversations } from "./erase";

/** Conversations with the published addresses of a pipeline, the latest first. */
const listConversations = viewerProcedure.input(listConversationsInput).query(async ({ ctx, input }) => {
  const { pipelineId, user } = input;
  const own = { id: pipelineId, workspaceId: ctx.workspaceId };
  if ((await ctx.database.prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null)
    throw notFound("pipeline");
  const rows = await ctx.database.prisma.conversation.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      pipelineId,
      deploymentId: { not: null },
      forgottenAt: null,
      ...(user !== undefined && user !== "" && { endUser: user }),
    },
    select: { id: true, name: true, endUser: true, lastTurn: true, lastTurnAt: true, busyRunId: true },
    orderBy: { lastTurnAt: "desc" },
    take: listLimit + 1,
  });
  return { items: rows.slice(0, listLimit), hasMore: rows.length > listLimit };
});

/** What is remembered of one. */
const getConversation = viewerProcedure.input(conversationInput).query(async ({ ctx, input }) => {
  const row = await ctx.database.prisma.conversation.findFirst({
    where: { id: input.id, workspaceId: ctx.workspaceId },
    select: {
      id: true,
      name: true,
      endUser: true,
      summary: true,
      summaryUntil: true,
      turns: {
        where: { number: { not: null } },
        orderBy: { number: "desc" },
        take: listLimit,
        select: { runId: true, number: true, question: true, answer: true, createdAt: true },
      },
    },
  });
  if (row === null) throw notFound("conversation");
  return { ...row, turns: row.turns.toReversed() };
});

const eraseConversation = ownerProcedure.input(conversationInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const erased = await eraseConversations(database, { workspaceId, id: input.id });
  if (erased.conversations === 0 && erased.underWay.length === 0) throw notFound("conversation");
  const data = { conversations: erased.conversations, runs: erased.runs, underWay: erased.underWay.length };
  await recordAudit(database, { member, action: "conversation.erase", subject: `conversation:${input.id}`, data });
  return erased;
});

/** All that one end user said, over all pipelines, addresses and keys of the workspace. */
const eraseUser = ownerProcedure.input(eraseUserInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const erased = await eraseConversations(database, { workspaceId, endUser: input.user });
  // Also what steps keep for this user alone, whichever caller calls them so.
  await database.prisma.cachedAnswer.deleteMany({ where: { workspaceId, endUser: input.user } });
  // Whose it was is what was to be erased: the audit says how much, not whose.
  const data = { conversations: erased.conversations, runs: erased.runs, underWay: erased.underWay.length };
  await recordAudit(database, {
    member,
    action: "conversation.erase-user",
    subject: `workspace:${workspaceId}`,
    data,
  });
  return erased;
});

export const conversationRouter = router({
  list: listConversations,
  get: getConversation,
  erase: eraseConversation,
  eraseUser,
});
