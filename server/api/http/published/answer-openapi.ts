import { describeDeployments } from "@/server/domain/deployment/describe/describe-deployments";
import { openApiDocument } from "@/server/domain/deployment/describe/openapi-document";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { coversDeployment, requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { unknownPipeline } from "./refuse-run";

/** `GET /api/v1/openapi.json`: describes every live pipeline that the key may run. */
export const answerOpenApi = async ({ caller, database }: RouteCall<"api-key", unknown>): Promise<Answer> => {
  requireRight(caller, "mayRun");
  const { workspaceId, deploymentIds } = caller;
  const ids = deploymentIds === null ? null : [...deploymentIds];
  const pipelines = await describeDeployments(database, workspaceId, { ids });
  return jsonAnswer(openApiDocument(pipelines, baseUrl(readAddress())));
};

/** `GET /api/v1/pipelines/{slug}/openapi.json`: describes one. */
export const answerOwnOpenApi = async ({
  parameters,
  caller,
  database,
}: RouteCall<"api-key", { slug: string }>): Promise<Answer> => {
  requireRight(caller, "mayRun");
  const [found] = await describeDeployments(database, caller.workspaceId, { slug: parameters.slug });
  if (found === undefined || !coversDeployment(caller, found.id)) throw unknownPipeline();
  return jsonAnswer(openApiDocument([found], baseUrl(readAddress())));
};
