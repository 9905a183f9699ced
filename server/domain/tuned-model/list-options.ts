import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { stages, type TunedModelOption, tunedModelLimits, type VersionData } from "./tuned-model.types";

/** Every reference a step can name: the stages that have a version, then the versions by number. */
export const listOptions = viewerProcedure.query(async ({ ctx }): Promise<TunedModelOption[]> => {
  const models = await ctx.database.prisma.tunedModel.findMany({
    where: { workspaceId: ctx.workspaceId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: tunedModelLimits.models,
    include: {
      versions: { orderBy: { number: "desc" }, take: 20, select: { number: true, stage: true, data: true } },
    },
  });
  return models.flatMap(({ name, slug, task, versions }) => {
    const option = (which: string, version: (typeof versions)[number]): TunedModelOption => ({
      reference: `${slug}@${which}`,
      name,
      task: task === "chat" ? "chat" : "classify",
      number: version.number,
      stage: version.stage,
      labels: (version.data as unknown as VersionData).labels ?? [],
    });
    const staged = [...stages]
      .reverse()
      .filter((stage) => stage === "production" || stage === "staging")
      .flatMap((stage) => {
        const version = versions.find((each) => each.stage === stage);
        return version === undefined ? [] : [option(stage, version)];
      });
    return [...staged, ...versions.map((version) => option(String(version.number), version))];
  });
});
