import { createHash } from "node:crypto";
import type { EmbedReply } from "@/runtime/node/context";
import type { Database } from "@/server/platform/db/database";
import { JobFailure } from "@/server/platform/job/job-failure";

const chunk = 512;
const batch = 64;
/** Vectors that no training has used for so long are forgotten. */
const keptDays = 30;

export interface EmbedTexts {
  readonly workspaceId: string;
  /** `<endpoint slug>/<model name>` */
  readonly model: string;
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
  readonly embed: (texts: readonly string[]) => Promise<EmbedReply>;
  readonly progress: (done: number, total: number) => void;
}

export interface EmbeddedTexts {
  readonly dimensions: number;
  /** One vector after the other, in the order of the texts. */
  readonly vectors: Float32Array;
}

/**
 * Vectors of the texts. Each is stored as soon as it is there, under the text's hash: a training that is taken up again, or repeated with other settings,
 * asks the model only for what is new.
 */
export const embedTexts = async (database: Database, call: EmbedTexts): Promise<EmbeddedTexts> => {
  const { prisma } = database;
  const { workspaceId, model, texts, signal } = call;
  await prisma.trainingVector.deleteMany({
    where: { workspaceId, usedAt: { lt: new Date(Date.now() - keptDays * 86_400_000) } },
  });
  let dimensions = 0;
  let vectors = new Float32Array(0);
  const put = (index: number, vector: Float32Array) => {
    if (dimensions === 0) {
      dimensions = vector.length;
      vectors = new Float32Array(texts.length * dimensions);
    }
    if (vector.length !== dimensions || dimensions === 0) {
      throw new JobFailure(
        "dimensions-differ",
        `The model ${model} gave vectors of ${dimensions} and of ${vector.length} numbers. Choose another embedding model.`,
      );
    }
    vectors.set(vector, index * dimensions);
  };
  for (let start = 0; start < texts.length; start += chunk) {
    signal.throwIfAborted();
    const places = new Map<string, number[]>();
    for (let index = start; index < Math.min(start + chunk, texts.length); index += 1) {
      const hash = createHash("sha256")
        .update(texts[index] ?? "")
        .digest("hex");
      const list = places.get(hash);
      if (list === undefined) places.set(hash, [index]);
      else list.push(index);
    }
    const key = { workspaceId, model, textHash: { in: [...places.keys()] } };
    const known = await prisma.trainingVector.findMany({ where: key, select: { textHash: true, vector: true } });
    for (const { textHash, vector } of known) {
      const floats = new Float32Array(vector.length / 4);
      new Uint8Array(floats.buffer).set(vector);
      for (const index of places.get(textHash) ?? []) put(index, floats);
      places.delete(textHash);
    }
    if (known.length > 0) await prisma.trainingVector.updateMany({ where: key, data: { usedAt: new Date() } });
    const missing = [...places];
    for (let at = 0; at < missing.length; at += batch) {
      signal.throwIfAborted();
      const part = missing.slice(at, at + batch);
      const reply = await call.embed(part.map(([, [index = 0]]) => texts[index] ?? ""));
      if (reply.vectors.length !== part.length) {
        throw new JobFailure("vectors-missing", `${reply.vectors.length} vectors came back for ${part.length} texts.`);
      }
      const rows = part.map(([textHash, indices], place) => {
        const vector = Float32Array.from(reply.vectors[place] ?? []);
        for (const index of indices) put(index, vector);
        return { workspaceId, model, textHash, vector: Buffer.from(vector.buffer) };
      });
      await prisma.trainingVector.createMany({ data: rows, skipDuplicates: true });
      call.progress(start + at + part.length, texts.length);
    }
    call.progress(Math.min(start + chunk, texts.length), texts.length);
  }
  return { dimensions, vectors };
};
