import { byUse, type ModelUse } from "@/runtime/node/model-use";
import type { Database } from "@/server/platform/db/database";
import type { EndpointModelInput } from "./endpoint.types";
import { modelColumns } from "./endpoint-row";

const embeddedSlug = "local";
const embeddedName = "Pipewright local";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the embedded endpoint listens, set by the start script. null where it was not started. */
export const readEmbeddedAddress = (
  environment: Environment = process.env,
): { readonly baseUrl: string; readonly apiKey: string | null } | null => {
  const url = environment.PIPEWRIGHT_LOCAL_ENDPOINT_URL?.trim().replace(/(?<!\/)\/+$/, "");
  if (!url) return null;
  return {
    baseUrl: url.endsWith("/v1") ? url : `${url}/v1`,
    apiKey: environment.PIPEWRIGHT_LOCAL_ENDPOINT_KEY?.trim() || null,
  };
};

const shipped = (name: string, ...uses: readonly ModelUse[]): EndpointModelInput => ({
  name,
  ...byUse((use) => uses.includes(use)),
  jsonSchema: uses.includes("chat"),
  maxConcurrency: null,
  contextTokens: null,
  inputUsdPerM: 0,
  outputUsdPerM: 0,
  cachedInputUsdPerM: null,
});
/** What it serves as it is installed; what it really serves is read from it as soon as it answers. */
const shippedModels: readonly EndpointModelInput[] = [
  shipped("qwen2.5-coder-1.5b", "chat"),
  shipped("tiny-local", "chat"),
  shipped("local-embed", "embedding"),
  shipped("local-rerank", "rerank"),
  shipped("local-vision", "chat", "vision"),
  shipped("local-moderation", "moderation"),
  shipped("local-whisper", "transcription"),
];

export const shippedNames: readonly string[] = shippedModels.map(({ name }) => name);

/** The embedded endpoint of a workspace, made where it is missing. */
export const ensureEmbeddedEndpoint = async ({ prisma }: Database, workspaceId: string): Promise<void> => {
  const known = await prisma.modelEndpoint.findFirst({ where: { workspaceId, embedded: true }, select: { id: true } });
  if (known !== null) return;
  await prisma.modelEndpoint
    .create({
      data: {
        workspaceId,
        name: embeddedName,
        slug: embeddedSlug,
        embedded: true,
        // A CPU reads a long prompt slowly.
        timeoutMs: 300_000,
        models: { create: shippedModels.map(modelColumns) },
      },
    })
    .catch(async (error: unknown) => {
      // Another process was first.
      const made = await prisma.modelEndpoint.findFirst({
        where: { workspaceId, embedded: true },
        select: { id: true },
      });
      if (made === null) throw error;
    });
};

/** Every workspace has one; asked at each start. */
export const ensureEmbeddedEndpoints = async (database: Database): Promise<void> => {
  const workspaces = await database.prisma.workspace.findMany({
    where: { endpoints: { none: { embedded: true } } },
    select: { id: true },
  });
  for (const { id } of workspaces) await ensureEmbeddedEndpoint(database, id);
};
