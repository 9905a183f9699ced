import { catalog } from "@/nodes";
import { referencesOf } from "@/runtime/graph/references-of";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { stepSourceInput } from "./pipeline.types";

/** A version of a pipeline to be run as a step of another one: the asked one, else the published one, else the last that was kept. */
export const stepSource = viewerProcedure.input(stepSourceInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const own = { pipelineId: input.id, workspaceId: ctx.workspaceId };
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: input.id, workspaceId: ctx.workspaceId, deletedAt: null },
    select: { name: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const live = await prisma.deployment.findFirst({
    where: { ...own, environment: "production", active: true },
    orderBy: { publishedAt: "desc" },
    select: { revisionId: true },
  });
  const wanted = input.revisionId ?? live?.revisionId;
  const revision = await prisma.revision.findFirst({
    where: { ...own, ...(wanted === undefined ? {} : { id: wanted }) },
    orderBy: { number: "desc" },
    select: { id: true, number: true, document: true },
  });
  if (revision === null) {
    if (input.revisionId !== undefined) throw notFound("version");
    throw new ApplicationError("BAD_REQUEST", `"${pipeline.name}" has no version yet.`, {
      reason: "input-invalid",
      hint: "Run it once, keep a version of it, or publish it.",
    });
  }
  const { variants: _, ...document } = readStoredDocument(revision.document);
  const runsInside = referencesOf(document.nodes, catalog).flatMap(({ kind, name }) =>
    kind === "pipeline" ? [name] : [],
  );
  if (input.inside === input.id || (input.inside !== undefined && runsInside.includes(input.inside))) {
    throw new ApplicationError("BAD_REQUEST", `"${pipeline.name}" would run this pipeline inside itself.`, {
      reason: "graph-invalid",
      hint: "Choose another pipeline, or another version of it.",
    });
  }
  return {
    name: pipeline.name,
    revisionId: revision.id,
    number: revision.number,
    /** Whether it is what is published now. */
    isLive: revision.id === live?.revisionId,
    isPublished: live !== null,
    document,
  };
});
