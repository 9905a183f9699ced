import { createHash } from "node:crypto";
import { nanoid } from "nanoid";
import type { Chunk } from "@/runtime/knowledge/chunk/chunk";
import { chunkSteps } from "@/runtime/knowledge/chunk/chunk-document";
import { patientModels } from "@/runtime/model/patient-models";
import { inTurns, type Steps } from "@/runtime/node/steps";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { asPassage } from "@/server/domain/knowledge/embedded-text";
import type { BuildState } from "@/server/domain/knowledge/find-base";
import { wordsOf } from "@/server/domain/knowledge/segment";
import { jobPatience } from "@/server/platform/job/job-patience";
import { DocumentFailure } from "./document-failure";
import type { IndexCall } from "./index-call";
import { readText } from "./read-text";
import { ensureIndexes, indexFrom } from "./vector-index";
import { type ChunkRow, removeChunks, writeChunks } from "./write-chunks";

/** Passages of one request for vectors, and requests under way at once. */
const batch = 32;
const atOnce = 2;
/** Endpoints take texts of such a length in characters. */
const longestEmbedded = 8_000;
const longestHeading = 200;

/** Where a document's passages go, and how they are made. */
export interface IndexTarget extends BuildState {
  readonly knowledgeBaseId: string;
}

/**
 * Cuts a document into passages and writes them into one generation, with vectors and words. Begins anew where an attempt before broke off. Throws
 * `DocumentFailure` for what concerns this document, and `NodeFailure` when the model cannot be had.
 */
export const indexDocument = async (call: IndexCall, target: IndexTarget, documentId: string): Promise<void> => {
  const { database, workspaceId, signal, progress } = call;
  const { knowledgeBaseId, generation } = target;
  const readable = await readText(call, documentId);
  await removeChunks(database, documentId, generation);
  const chunks = await inTurns(chunkSteps(readable, target), { signal });
  if (chunks.length === 0) throw new DocumentFailure("empty", "There is no text in this document.");
  progress({ stage: "embed", done: 0, total: chunks.length });
  const seen = new Set<string>();
  for (let from = 0; from < chunks.length; from += batch * atOnce) {
    signal.throwIfAborted();
    const some = chunks.slice(from, from + batch * atOnce).map((chunk) => passageOf(chunk));
    const known = await knownHashes(call, target, some);
    const fresh = some.filter(({ hash }) => !known.has(hash) && !seen.has(hash) && seen.add(hash));
    const vectors = await embedAll(call, target, fresh);
    const rows = await inTurns(rowsOf(some, new Set(fresh), vectors, readable.metadata), { signal });
    await writeChunks(database, { workspaceId, knowledgeBaseId, documentId, generation }, rows);
    progress({ done: Math.min(from + some.length, chunks.length) });
  }
  await finish(call, target, documentId, chunks.length);
};

interface Passage {
  readonly chunk: Chunk;
  /** What a search compares with: the passage under its headings. */
  readonly embedded: string;
  readonly hash: string;
}

/** Left after each passage: cutting Chinese into words takes milliseconds. */
function* rowsOf(
  passages: readonly Passage[],
  fresh: ReadonlySet<Passage>,
  vectors: ReadonlyMap<string, readonly number[]>,
  metadata: Readonly<Record<string, unknown>> | undefined,
): Steps<ChunkRow[]> {
  const rows: ChunkRow[] = [];
  for (const passage of passages) {
    const { chunk, hash, embedded } = passage;
    const vector = fresh.has(passage) ? vectors.get(hash) : undefined;
    rows.push({
      id: nanoid(),
      position: chunk.position,
      text: chunk.text,
      textHash: hash,
      start: chunk.start,
      end: chunk.end,
      page: chunk.page ?? null,
      heading: chunk.heading ?? null,
      metadata: { ...chunk.metadata, ...metadata },
      found: vector === undefined ? null : { vector, words: wordsOf(embedded) },
    });
    yield;
  }
  return rows;
}

const passageOf = (chunk: Chunk): Passage => {
  const heading = chunk.heading?.slice(0, longestHeading);
  const embedded = (heading === undefined ? chunk.text : `${heading}\n${chunk.text}`)
    .slice(0, longestEmbedded)
    .toWellFormed();
  return { chunk, embedded, hash: createHash("sha256").update(embedded).digest("hex") };
};

const knownHashes = async (
  { database }: IndexCall,
  { knowledgeBaseId, generation }: IndexTarget,
  passages: readonly Passage[],
): Promise<ReadonlySet<string>> => {
  const rows = await database.query<{ textHash: string }>(
    `SELECT "textHash" FROM "KnowledgeChunk"
     WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "textHash" = ANY($3) AND "words" IS NOT NULL`,
    [knowledgeBaseId, generation, passages.map(({ hash }) => hash)],
  );
  return new Set(rows.map(({ textHash }) => textHash));
};

const embedAll = async (
  { database, workspaceId, signal, progress }: IndexCall,
  target: IndexTarget,
  passages: readonly Passage[],
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const gateway = patientModels(workspaceGateway(database, workspaceId), jobPatience(progress));
  const parts = Array.from({ length: Math.ceil(passages.length / batch) }, (_, index) =>
    passages.slice(index * batch, (index + 1) * batch),
  );
  const { model } = target;
  const replies = await Promise.all(
    parts.map((part) =>
      gateway.embed(
        { model, input: part.map(({ embedded }) => asPassage(model, embedded)) },
        { signal, onCall: () => {} },
      ),
    ),
  );
  const vectors = replies.flatMap((reply) => reply.vectors);
  await checkDimensions({ database }, target, vectors);
  return new Map(passages.map(({ hash }, index) => [hash, vectors[index] ?? []]));
};

/** All vectors of a generation are of one length: that of the first. */
const checkDimensions = async (
  { database }: Pick<IndexCall, "database">,
  { knowledgeBaseId, generation, model }: IndexTarget,
  vectors: readonly (readonly number[])[],
): Promise<void> => {
  const [first] = vectors;
  if (first === undefined) return;
  const [row] = await database.query<{ dimensions: number | null }>(
    `SELECT vector_dims("embedding") AS dimensions FROM "KnowledgeChunk"
     WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "words" IS NOT NULL LIMIT 1`,
    [knowledgeBaseId, generation],
  );
  const expected = row?.dimensions ?? first.length;
  if (expected === 0 || vectors.some(({ length }) => length !== expected)) {
    throw new DocumentFailure(
      "dimension-mismatch",
      `The model "${model}" now gives vectors of another length than those in the index. Re-index the knowledge base.`,
    );
  }
};

const finish = async (
  { database }: IndexCall,
  { knowledgeBaseId, generation, ...target }: IndexTarget,
  documentId: string,
  chunkCount: number,
): Promise<void> => {
  const { prisma } = database;
  const findable = `FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "words" IS NOT NULL`;
  const [found] = await database.query<{ count: number; dimensions: number | null }>(
    `SELECT (SELECT count(*)::int FROM (SELECT 1 ${findable} LIMIT ${indexFrom}) counted) AS count,
       (SELECT vector_dims("embedding") ${findable} LIMIT 1) AS dimensions`,
    [knowledgeBaseId, generation],
  );
  const { count = 0, dimensions = null } = found ?? {};
  if (dimensions !== null) {
    if (count >= indexFrom) await ensureIndexes(database, { knowledgeBaseId, generation }, dimensions);
    const { model, by, size, overlap } = target;
    // The first document of a base says how its index is made.
    await prisma.knowledgeBase.updateMany({
      where: { id: knowledgeBaseId, generation, indexedWith: null },
      data: { indexedWith: model, dimensions, indexedAs: { by, size, overlap } },
    });
  }
  await prisma.knowledgeDocument.updateMany({
    where: { id: documentId },
    data: {
      status: "indexed",
      errorCode: null,
      errorMessage: null,
      chunkCount,
      indexedAt: new Date(),
      builtGeneration: generation,
    },
  });
};
