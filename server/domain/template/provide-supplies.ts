import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { supply, type TemplateSupplies } from "@/templates/lib/supplies";
import { readAsset } from "./read-asset";
import { supplyDataset } from "./supply-dataset";
import { supplyKnowledge } from "./supply-knowledge";
import { supplyModel } from "./supply-model";

export interface ProvidedSupplies {
  /** By their stand-in in the template's document. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Indexing and training under way: the pipeline runs when they have ended. */
  readonly jobs: readonly string[];
}

/** Gives a workspace what a template brings along. Bases and models that it has from an earlier time are taken again. */
export const provideSupplies = async (
  database: Database,
  member: Member,
  { knowledge = {}, models = {}, files = {}, datasets = {} }: TemplateSupplies,
): Promise<ProvidedSupplies> => {
  const values = new Map<string, unknown>();
  const jobs: string[] = [];
  const take = (standIn: string, { value, jobId }: { readonly value: unknown; readonly jobId: string | null }) => {
    values.set(standIn, value);
    if (jobId !== null) jobs.push(jobId);
  };
  for (const [key, each] of Object.entries(knowledge))
    take(supply("knowledge", key), await supplyKnowledge(database, member, key, each));
  for (const [key, each] of Object.entries(models))
    take(supply("models", key), await supplyModel(database, member, key, each));
  for (const [key, { name, asset }] of Object.entries(files)) {
    const { workspaceId } = member;
    const value = await storeFile(database, { workspaceId, name, bytes: await readAsset(asset) });
    take(supply("files", key), { value, jobId: null });
  }
  for (const [key, each] of Object.entries(datasets)) await supplyDataset(database, member, key, each);
  return { values, jobs };
};
