import { nanoid } from "nanoid";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import {
  checkedReplicas,
  checkModels,
  checkProxy,
  checkSlug,
  mergeHeaders,
  slugTaken,
  usualKeyHeader,
} from "./check-endpoint";
import { sealHeaders, sealProxy } from "./connection";
import { createEndpointInput, endpointLimits } from "./endpoint.types";
import { modelColumns } from "./endpoint-row";
import { keyPlace } from "./load-endpoints";
import { secretBox } from "./process-state";
import { endpointsChanged } from "./workspace-gateway";

export const createEndpoint = editorProcedure.input(createEndpointInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { replicas, models, apiKey, headers, proxy, keyHeader, caCertificate, extraFields, ...columns } = input;
  checkSlug(input.slug);
  checkModels(models);
  const checked = checkedReplicas(replicas);
  checkProxy(proxy);
  if ((await database.prisma.modelEndpoint.count({ where: { workspaceId } })) >= endpointLimits.endpoints) {
    throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${endpointLimits.endpoints} endpoints.`, {
      reason: "limit-reached",
      hint: "Remove endpoints that nobody needs, or add replicas to one.",
    });
  }
  const id = nanoid();
  const data = {
    ...columns,
    extraFields: extraFields as object,
    id,
    workspaceId,
    apiKeyCipher: apiKey == null ? null : secretBox().seal(apiKey, keyPlace(id)),
    keyHeader: keyHeader ?? usualKeyHeader(checked[0]?.baseUrl ?? ""),
    headersCipher: sealHeaders(id, mergeHeaders(headers, {})),
    caCertificate: caCertificate ?? null,
    proxyCipher: sealProxy(id, proxy ?? null),
    replicas: { create: checked },
    models: { create: models.map(modelColumns) },
  };
  await database.prisma
    .$transaction(async (prisma) => {
      await prisma.modelEndpoint.create({ data });
      const record = { slug: input.slug, name: input.name, replicas: checked.length, hasApiKey: apiKey != null };
      await recordAudit({ prisma }, { member, action: "endpoint.create", subject: `endpoint:${id}`, data: record });
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? slugTaken(input.slug) : error;
    });
  await endpointsChanged(workspaceId);
  return { id };
});
