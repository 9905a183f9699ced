import type { Answer } from "@/server/platform/lean/answer";
import { jsonAnswer } from "@/server/platform/lean/answer";
import { coversDeployment, requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { unknownModel } from "./openai-refusal";

const mostModels = 1_000;

interface Row {
  readonly id: string;
  readonly slug: string;
  readonly publishedAt: Date;
}

const modelOf = ({ slug, publishedAt }: Row) => ({
  id: slug,
  object: "model",
  created: Math.floor(publishedAt.getTime() / 1000),
  owned_by: "pipewright",
});

const live = (workspaceId: string) => ({ workspaceId, active: true, pipeline: { deletedAt: null } });
const fields = { id: true, slug: true, publishedAt: true } as const;

/** `GET /v1/models`: the published pipelines that the key may call. */
export const listModels = async ({ caller, database }: RouteCall<"api-key", unknown>): Promise<Answer> => {
  requireRight(caller, "mayRun");
  const { deploymentIds, workspaceId } = caller;
  const rows = await database.prisma.deployment.findMany({
    where: { ...live(workspaceId), ...(deploymentIds !== null && { id: { in: [...deploymentIds] } }) },
    orderBy: { slug: "asc" },
    take: mostModels,
    select: fields,
  });
  return jsonAnswer({ object: "list", data: rows.map(modelOf) });
};

/** `GET /v1/models/{name}` */
export const getModel = async ({
  parameters,
  caller,
  database,
}: RouteCall<"api-key", { slug: string }>): Promise<Answer> => {
  requireRight(caller, "mayRun");
  const { slug } = parameters;
  const row = await database.prisma.deployment.findFirst({
    where: { ...live(caller.workspaceId), slug },
    select: fields,
  });
  if (row === null || !coversDeployment(caller, row.id)) throw unknownModel(slug);
  return jsonAnswer(modelOf(row));
};
