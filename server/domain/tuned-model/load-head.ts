import type { ClassifierHead } from "@/runtime/fine-tuning/classifier-head";
import { readHead } from "@/runtime/fine-tuning/head-file";
import { NodeFailure } from "@/runtime/node/node-failure";
import { readFile } from "@/server/domain/file/read-file";
import type { Database } from "@/server/platform/db/database";
import type { ResolvedVersion } from "./resolve-reference";

/** Bytes of heads kept in memory, of all workspaces together. */
const mostBytes = 256 * 1024 * 1024;

interface Kept {
  readonly head: Promise<ClassifierHead>;
  bytes: number;
}
// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightHeads?: Map<string, Kept> } = globalThis;
shared.pipewrightHeads ??= new Map();
const kept = shared.pipewrightHeads;

/** The head of a version; a version's weights never change, so what is in memory stays right. The least recently used go when there are too many. */
export const loadHead = async (database: Database, version: ResolvedVersion): Promise<ClassifierHead> => {
  const known = kept.get(version.id);
  if (known !== undefined) {
    kept.delete(version.id);
    kept.set(version.id, known);
    return known.head;
  }
  const entry: Kept = { head: read(database, version), bytes: 0 };
  kept.set(version.id, entry);
  try {
    const head = await entry.head;
    entry.bytes =
      4 * (head.weights.denseWeights.length + head.weights.sparseWeights.length + (head.lexical?.buckets ?? 0));
    let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [id, { bytes }] of kept) {
      if (total <= mostBytes || id === version.id) break;
      kept.delete(id);
      total -= bytes;
    }
    return head;
  } catch (error) {
    kept.delete(version.id);
    throw error;
  }
};

const read = async (database: Database, { weightsFileId, workspaceId, tunedModel, number }: ResolvedVersion) => {
  const name = `${tunedModel.slug}@${number}`;
  if (weightsFileId === null) throw new NodeFailure("registry-unknown", `${name} is not a classifier.`);
  const head = readHead(await readFile(database, workspaceId, weightsFileId));
  if (!head.ok) {
    throw new NodeFailure("registry-unknown", `The stored weights of ${name} cannot be read.`, {
      hint: "Train the model again.",
    });
  }
  return head.value;
};
