import { renameTunedEndpoint } from "@/server/domain/endpoint/rename-in-tuned-models";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import {
  checkedReplicas,
  checkModels,
  checkProxy,
  checkSlug,
  fieldError,
  mergeHeaders,
  slugTaken,
} from "./check-endpoint";
import { openConnection, sealHeaders, sealProxy } from "./connection";
import { type EndpointModelInput, type UpdateEndpointInput, updateEndpointInput } from "./endpoint.types";
import { type EndpointRow, findEndpoint, modelColumns, modelView } from "./endpoint-row";
import { keyPlace } from "./load-endpoints";
import { secretBox } from "./process-state";
import { renameDefaults } from "./rename-defaults";
import { endpointsChanged } from "./workspace-gateway";

/** What of the embedded endpoint is the user's to change. */
const embeddedFields: ReadonlySet<string> = new Set(["id", "enabled", "maxConcurrency", "timeoutMs"]);

const refuseEmbeddedChange = (input: UpdateEndpointInput): void => {
  const field = Object.keys(input).find((key) => !embeddedFields.has(key));
  if (field !== undefined) {
    throw fieldError(field, "Of the embedded endpoint only the switch and the limits can be changed.");
  }
};

/** Whoever may edit an endpoint must not be able to read its key by pointing it at a server of their own. */
const refuseKeyToNewPlace = (row: EndpointRow, replicas: readonly { readonly baseUrl: string }[]): void => {
  if (row.apiKeyCipher === null) return;
  const known = new Set(row.replicas.map(({ baseUrl }) => new URL(baseUrl).origin));
  if (replicas.every(({ baseUrl }) => known.has(new URL(baseUrl).origin))) return;
  throw fieldError(
    "apiKey",
    "The stored API key is never sent to a new address.",
    "Enter the API key again together with the new address, or remove it.",
  );
};

/** Nor by leading its calls over a proxy of their own, with an authority of their own. */
const refuseSecretNewWay = (cipher: string | null): void => {
  if (cipher === null) return;
  throw fieldError(
    "apiKey",
    "The stored API key and headers are never sent by a new way.",
    "Enter them again together with the new proxy or certificate, or remove them.",
  );
};

export const updateEndpoint = editorProcedure.input(updateEndpointInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findEndpoint(database, workspaceId, input.id);
  if (row === null) throw notFound("endpoint");
  if (row.embedded) refuseEmbeddedChange(input);
  const { id, replicas, models, apiKey, headers, proxy, extraFields, ...columns } = input;
  if (columns.slug !== undefined && columns.slug !== row.slug) checkSlug(columns.slug);
  if (models !== undefined) checkModels(models);
  const checked = replicas === undefined ? undefined : checkedReplicas(replicas);
  checkProxy(proxy);
  const connection = openConnection(row);
  if (connection === undefined && (headers?.some(({ value }) => value === null) ?? false)) {
    throw fieldError("headers", "The stored headers cannot be read.", "Enter their values again.");
  }
  const isNewWay =
    (proxy !== undefined && proxy !== connection?.proxy) ||
    (columns.caCertificate !== undefined && columns.caCertificate !== row.caCertificate);
  if (apiKey === undefined && isNewWay) refuseSecretNewWay(row.apiKeyCipher);
  if (checked !== undefined && apiKey === undefined) refuseKeyToNewPlace(row, checked);
  const keepsHeader =
    row.headersCipher !== null && (headers === undefined || headers.some(({ value }) => value === null));
  if (keepsHeader) {
    if (isNewWay) refuseSecretNewWay(row.headersCipher);
    if (checked !== undefined) refuseKeyToNewPlace({ ...row, apiKeyCipher: row.headersCipher }, checked);
  }

  await database.prisma
    .$transaction(async (prisma) => {
      await prisma.modelEndpoint.update({
        where: { id, workspaceId },
        data: {
          ...definedOf(columns),
          ...(extraFields === undefined ? {} : { extraFields: extraFields as object }),
          ...(apiKey === undefined
            ? {}
            : { apiKeyCipher: apiKey === null ? null : secretBox().seal(apiKey, keyPlace(id)) }),
          ...(headers === undefined
            ? {}
            : { headersCipher: sealHeaders(id, mergeHeaders(headers, connection?.headers ?? {})) }),
          ...(proxy === undefined ? {} : { proxyCipher: sealProxy(id, proxy) }),
          updatedAt: new Date(),
        },
      });
      if (checked !== undefined) {
        const kept = checked.map(({ baseUrl }) => baseUrl);
        await prisma.endpointReplica.deleteMany({ where: { endpointId: id, baseUrl: { notIn: kept } } });
        for (const { baseUrl, weight } of checked) {
          await prisma.endpointReplica.upsert({
            where: { endpointId_baseUrl: { endpointId: id, baseUrl } },
            create: { endpointId: id, baseUrl, weight },
            update: { weight },
          });
        }
      }
      if (models !== undefined) {
        // Of thousands few change: what stays as it is is not written again.
        const known = new Map(row.models.map((model) => [model.name, JSON.stringify(modelView(model))]));
        const same = new Set(
          models.filter((model) => known.get(model.name) === JSON.stringify(ordered(model))).map(({ name }) => name),
        );
        const gone = row.models.filter(({ name }) => !same.has(name)).map(({ id: modelId }) => modelId);
        if (gone.length > 0) await prisma.endpointModel.deleteMany({ where: { id: { in: gone } } });
        const fresh = models.filter(({ name }) => !same.has(name));
        if (fresh.length > 0) {
          await prisma.endpointModel.createMany({
            data: fresh.map((model) => ({ ...modelColumns(model), endpointId: id })),
          });
        }
      }
      if (columns.slug !== undefined && columns.slug !== row.slug) {
        await renameDefaults(prisma, workspaceId, row.slug, columns.slug);
        await renameTunedEndpoint(prisma, workspaceId, row.slug, columns.slug);
      }
      const changed = Object.keys(definedOf(input)).filter((key) => key !== "id");
      const record = { slug: columns.slug ?? row.slug, changed: changed.join(", ") };
      await recordAudit({ prisma }, { member, action: "endpoint.update", subject: `endpoint:${id}`, data: record });
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? slugTaken(columns.slug ?? row.slug) : error;
    });
  await endpointsChanged(workspaceId);
  return { id };
});

/** With its fields in the order of `modelView`, so that the two can be compared as text. */
const ordered = (model: EndpointModelInput): EndpointModelInput =>
  modelView({
    ...modelColumns(model),
    id: "",
    endpointId: "",
  });

/** The object without the fields that were left out. */
const definedOf = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
