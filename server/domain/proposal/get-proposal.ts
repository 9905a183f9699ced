import { catalog } from "@/nodes";
import { describeConfig } from "@/runtime/node/describe-config";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { notFound } from "@/server/platform/guard/application-error";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, listInput } from "./proposal.types";
import { findProposal, gateOfProposal, hindranceOf, moveOfProposal, readProposal } from "./read-proposal";

const namesOf = async (
  { prisma }: { readonly prisma: Parameters<typeof findProposal>[0]["prisma"] },
  workspaceId: string,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> => {
  const members = await prisma.membership.findMany({
    where: { workspaceId, userId: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  return new Map(members.map(({ userId, user }) => [userId, user.name]));
};

/** A proposal as a reviewer reads it: words, answers, figures, and what accepting would move. */
export const getProposal = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findProposal(database, workspaceId, id);
  const { changes, prompt, cases } = readProposal(row);
  const [pipeline, revision, base, names, gate, move] = await Promise.all([
    database.prisma.pipeline.findFirstOrThrow({
      where: { id: row.pipelineId, workspaceId },
      select: { id: true, name: true },
    }),
    database.prisma.revision.findFirst({
      where: { id: row.revisionId, workspaceId },
      select: { number: true, document: true },
    }),
    database.prisma.revision.findFirst({ where: { id: row.baseRevisionId, workspaceId }, select: { number: true } }),
    namesOf(database, workspaceId, [row.userId, row.decidedBy]),
    gateOfProposal(database, row),
    moveOfProposal(database, row),
  ]);
  const nodes = revision === null ? [] : readStoredDocument(revision.document).nodes;
  const followers = move?.followers ?? [];
  return {
    id,
    state: row.state,
    note: row.note,
    reason: row.reason,
    by: row.userId === null ? null : (names.get(row.userId) ?? null),
    decidedBy: row.decidedBy === null ? null : (names.get(row.decidedBy) ?? null),
    decidedAt: row.decidedAt,
    createdAt: row.createdAt,
    isMine: row.userId === member.userId,
    pipeline,
    version: revision?.number ?? null,
    baseVersion: base?.number ?? null,
    changes: changes.map((change) => {
      const node = nodes.find((each) => each.id === change.node);
      const definition = node === undefined ? undefined : catalog.get(node.type);
      const described =
        definition === undefined
          ? undefined
          : describeConfig(definition.config).find(({ name }) => name === change.field);
      return {
        ...change,
        label: node?.label ?? null,
        step: definition?.title ?? { en: change.node, zh: change.node },
        title: described?.title ?? { en: change.field, zh: change.field },
      };
    }),
    prompt:
      prompt === null
        ? null
        : { ...prompt, now: move?.label?.number ?? null, isProtected: move?.label?.protected ?? false },
    cases,
    gate,
    followers: followers.map(({ slug, state, active, pipelineName }) => ({ slug, state, active, pipelineName })),
    hindrance: await hindranceOf(database, member, row, move?.label ?? null, followers),
  };
});

/** Latest first. */
export const listProposals = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const { cursor, limit, state, pipelineId } = input;
  if (pipelineId !== undefined) {
    const found = await database.prisma.pipeline.count({ where: { id: pipelineId, workspaceId, deletedAt: null } });
    if (found === 0) throw notFound("pipeline");
  }
  const rows = await database.prisma.proposal.findMany({
    where: {
      workspaceId,
      pipeline: { deletedAt: null },
      ...(state === undefined ? {} : { state }),
      ...(pipelineId === undefined ? {} : { pipelineId }),
      ...behind("updatedAt", readCursor(cursor)),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: {
      id: true,
      state: true,
      note: true,
      changes: true,
      prompt: true,
      cases: true,
      userId: true,
      updatedAt: true,
      pipeline: { select: { id: true, name: true } },
    },
  });
  const names = await namesOf(
    database,
    workspaceId,
    rows.map(({ userId }) => userId),
  );
  const items = rows.map(({ changes, prompt, cases, userId, ...row }) => {
    const read = readProposal({ changes, prompt, cases });
    return {
      ...row,
      by: userId === null ? null : (names.get(userId) ?? null),
      prompt: read.prompt === null ? null : { slug: read.prompt.slug, number: read.prompt.number },
      fields: read.changes.length,
      cases: read.cases.length,
    };
  });
  return pageOf(items, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
});
