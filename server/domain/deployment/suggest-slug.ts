import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byPipelineInput, slugLimits } from "./deployment.types";

/** `Complaint triage (PEEL)` -> `complaint-triage-peel`. A name without Latin letters has none, and is called a pipeline. */
export const slugOf = (name: string): string => {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const joined = (words ?? [])
    .join("-")
    .slice(0, slugLimits.most - 5)
    .replace(/(?<!-)-+$/, "");
  return joined.length < slugLimits.least ? ["pipeline", joined].filter(Boolean).join("-") : joined;
};

/** A free address near the pipeline's name, and that of the environment where it is not production; the one it has, where it is published there. */
export const suggestSlug = viewerProcedure.input(byPipelineInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: input.pipelineId, workspaceId: ctx.workspaceId },
    select: {
      name: true,
      deployments: {
        where: { environment: input.environment },
        orderBy: { publishedAt: "desc" },
        take: 1,
        select: { slug: true },
      },
    },
  });
  if (pipeline === null) throw notFound("pipeline");
  const [deployment] = pipeline.deployments;
  if (deployment !== undefined) return { slug: deployment.slug };
  const own = slugOf(pipeline.name);
  const end = input.environment === "production" ? "" : `-${input.environment}`;
  const wanted = `${own.slice(0, slugLimits.most - 5 - end.length).replace(/(?<!-)-+$/, "")}${end}`;
  const near = await prisma.deployment.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } });
  const taken = new Set(near.map(({ slug }) => slug));
  let slug = wanted;
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`;
  return { slug };
});
