import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "../deployment.types";
import { describeDeployments } from "./describe-deployments";
import { openApiDocument } from "./openapi-document";
import { typescriptClient } from "./typescript-client";

/** The files that describe a live deployment to programs: an OpenAPI document and a client in TypeScript. */
export const describeDeployment = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx: { database, workspaceId }, input: { id } }) => {
    const [found] = await describeDeployments(database, workspaceId, { ids: [id] });
    if (found === undefined) throw notFound("deployment");
    const base = baseUrl(readAddress());
    return {
      slug: found.slug,
      openApi: `${JSON.stringify(openApiDocument([found], base), null, 2)}\n`,
      client: typescriptClient(found, base),
    };
  });
