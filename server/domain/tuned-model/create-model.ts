import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { tunedModelLimits } from "./tuned-model.types";
import { findModel } from "./version-row";

/** Part of references such as "intent@production": small letters, digits, hyphens; other scripts are kept as their letters. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|(?<!-)-+$/g, "")
    .slice(0, 60) || "model";

/** The model that a version is added to: the one named by its id, or a new one. */
export const modelForVersion = async (
  database: Database,
  workspaceId: string,
  task: "classify" | "chat",
  { modelId, name }: { readonly modelId?: string | undefined; readonly name?: string | undefined },
): Promise<{ readonly id: string; readonly slug: string }> => {
  const { prisma } = database;
  if (modelId !== undefined) {
    const model = await findModel(database, workspaceId, modelId);
    if (model.task !== task) throw refuse("modelId", "This model does something else.");
    if ((await prisma.tunedModelVersion.count({ where: { tunedModelId: modelId } })) >= tunedModelLimits.versions)
      throw limit(`A model has at most ${tunedModelLimits.versions} versions.`);
    return model;
  }
  if (name === undefined) throw refuse("name", "Give the model a name.");
  if ((await prisma.tunedModel.count({ where: { workspaceId } })) >= tunedModelLimits.models)
    throw limit(`A workspace holds at most ${tunedModelLimits.models} registered models.`);
  const wanted = slugOf(name);
  const taken = new Set(
    (
      await prisma.tunedModel.findMany({ where: { workspaceId, slug: { startsWith: wanted } }, select: { slug: true } })
    ).map(({ slug }) => slug),
  );
  let slug = wanted;
  for (let count = 2; taken.has(slug); count += 1) slug = `${wanted}-${count}`;
  return prisma.tunedModel.create({ data: { workspaceId, name, slug, task } });
};

const refuse = (field: string, message: string) =>
  new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", fields: { [field]: message } });
const limit = (message: string) =>
  new ApplicationError("BAD_REQUEST", message, { reason: "limit-reached", hint: "Delete what nobody needs." });
