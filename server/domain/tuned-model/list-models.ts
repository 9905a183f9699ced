import { literalPattern } from "@/server/platform/db/like-pattern";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput, type TunedModelItem, tunedModelLimits } from "./tuned-model.types";
import { versionItem } from "./version-row";

/** All of the workspace's registered models, last changed first: there are at most some hundreds. */
export const listTunedModels = viewerProcedure
  .input(listInput)
  .query(async ({ ctx, input }): Promise<TunedModelItem[]> => {
    const { prisma } = ctx.database;
    const { workspaceId } = ctx;
    const models = await prisma.tunedModel.findMany({
      where: {
        workspaceId,
        ...(input.query && { name: { contains: literalPattern(input.query), mode: "insensitive" } }),
      },
      orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      take: tunedModelLimits.models,
      include: { _count: { select: { versions: true } }, versions: { orderBy: { number: "desc" }, take: 1 } },
    });
    const serving = await prisma.tunedModelVersion.findMany({ where: { workspaceId, stage: "production" } });
    const production = new Map(serving.map((row) => [row.tunedModelId, versionItem(row)]));
    return models.map(({ _count, versions, task, ...model }) => ({
      id: model.id,
      name: model.name,
      slug: model.slug,
      task: task === "chat" ? "chat" : "classify",
      description: model.description,
      updatedAt: model.updatedAt,
      versionCount: _count.versions,
      production: production.get(model.id) ?? null,
      latest: versions[0] === undefined ? null : versionItem(versions[0]),
    }));
  });
