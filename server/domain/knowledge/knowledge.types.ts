import { z } from "zod";
import { chunkDefaults, chunkLimits, chunkWays } from "@/runtime/knowledge/chunk/chunk-settings";
import type { OutlineEntry, ParseWarning } from "@/runtime/knowledge/parse/parsed-document";
import { type DocumentReading, type ReadAs, readAs } from "@/runtime/knowledge/parse/read-as";
import type { RetrievalScores } from "@/runtime/knowledge/search/retrieval-metrics";
import type { Source } from "@/runtime/node/source";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorableText, lineOfText } from "@/server/platform/guard/storable";

/** Bounds of one workspace's knowledge; each has a test beyond it. */
export const knowledgeLimits = {
  bases: 200,
  documents: 10_000,
  filesAtOnce: 100,
  nameCharacters: 120,
  documentNameCharacters: 255,
  descriptionCharacters: 1_000,
  /** Of one pasted text. */
  textCharacters: 2_000_000,
  /** Of one piece of a document's text that a page asks for. */
  pieceCharacters: 100_000,
  queryCharacters: 2_000,
  topK: 100,
  metadataEntries: 20,
  metadataKeyCharacters: 64,
  metadataValueCharacters: 500,
  questions: 200,
  answers: 10,
  answerCharacters: 1_000,
} as const;

const storable = (text: string): boolean => isStorableText(text);
const unstorable = "The text holds characters that cannot be stored.";

const metadataKey = lineOfText(knowledgeLimits.metadataKeyCharacters);
const metadataValue = z.union([
  z.string().max(knowledgeLimits.metadataValueCharacters).refine(storable, unstorable),
  z.number(),
  z.boolean(),
]);
/** What people write down about a document, and what a search may ask for. */
export const metadata = z
  .record(metadataKey, metadataValue)
  .refine((entries) => Object.keys(entries).length <= knowledgeLimits.metadataEntries, "Too many entries.");
export type Metadata = z.output<typeof metadata>;

/** `<endpoint slug>/<model name>`, or `default`. */
const embeddingModel = z.string().trim().min(1).max(300);

const fields = {
  name: lineOfText(knowledgeLimits.nameCharacters),
  description: z.string().trim().max(knowledgeLimits.descriptionCharacters).refine(storable, unstorable),
  embeddingModel,
  chunkBy: z.enum(chunkWays),
  chunkSize: z.int().min(chunkLimits.minimumSize).max(chunkLimits.maximumSize),
  chunkOverlap: z
    .int()
    .min(0)
    .max(chunkLimits.maximumSize / 2),
};

export const byIdInput = z.strictObject({ id: identifier });
/** A file is read again, taken otherwise than before. */
export const readAgainInput = z.strictObject({ id: identifier, readAs });
export const listInput = pageInput;
export const createInput = z.strictObject({
  name: fields.name,
  description: fields.description.default(""),
  embeddingModel: fields.embeddingModel.default("default"),
  chunkBy: fields.chunkBy.default(chunkDefaults.by),
  chunkSize: fields.chunkSize.default(chunkDefaults.size),
  chunkOverlap: fields.chunkOverlap.default(chunkDefaults.overlap),
});
/** Fields left out stay. A change of model or of how texts are cut counts from the next re-index on. */
export const updateInput = z.strictObject({
  id: identifier,
  name: fields.name.optional(),
  description: fields.description.optional(),
  embeddingModel: fields.embeddingModel.optional(),
  chunkBy: fields.chunkBy.optional(),
  chunkSize: fields.chunkSize.optional(),
  chunkOverlap: fields.chunkOverlap.optional(),
});
export const addFilesInput = z.strictObject({
  id: identifier,
  files: z
    .array(z.strictObject({ fileId: identifier, metadata: metadata.default({}) }))
    .min(1)
    .max(knowledgeLimits.filesAtOnce),
});
export const addTextInput = z.strictObject({
  id: identifier,
  name: lineOfText(knowledgeLimits.documentNameCharacters),
  text: z.string().min(1).max(knowledgeLimits.textCharacters).refine(storable, unstorable),
  metadata: metadata.default({}),
});
export interface AddReply {
  /** null where nothing was new. */
  readonly jobId: string | null;
  /** Names of files whose content the base has already. */
  readonly duplicates: readonly string[];
}

const documentStatuses = ["waiting", "indexed", "failed"] as const;
export const documentsInput = pageInput.extend({ id: identifier, status: z.enum(documentStatuses).optional() });
export const documentTextInput = z
  .strictObject({ id: identifier, from: z.int().min(0), to: z.int().min(0) })
  .refine(({ from, to }) => to >= from, "The end lies before the beginning.")
  .refine(
    ({ from, to }) => to - from <= knowledgeLimits.pieceCharacters,
    `Ask for at most ${knowledgeLimits.pieceCharacters} characters at once.`,
  );
export const chunksInput = z.strictObject({
  id: identifier,
  cursor: z.int().min(0).nullish(),
  limit: z.int().min(1).max(100).default(50),
});

export const searchWays = ["fused", "vector", "text"] as const;
export const searchInput = z.strictObject({
  id: identifier,
  query: z.string().trim().min(1).max(knowledgeLimits.queryCharacters).refine(storable, unstorable),
  topK: z.int().min(1).max(knowledgeLimits.topK).default(5),
  way: z.enum(searchWays).default("fused"),
  filter: metadata.optional(),
  minimumScore: z.number().min(0).max(1).optional(),
  /** A reranking model, or `default`; left out, none. */
  rerank: z.string().trim().min(1).max(300).optional(),
});
export const questionInput = z.strictObject({
  id: identifier,
  question: lineOfText(knowledgeLimits.queryCharacters),
  answers: z.array(lineOfText(knowledgeLimits.answerCharacters)).min(1).max(knowledgeLimits.answers),
});
export const measureInput = z.strictObject({ id: identifier, topK: z.int().min(1).max(50).default(5) });

export interface KnowledgeBaseItem {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly documentCount: number;
  /** Passages that a search can find. */
  readonly chunkCount: number;
  readonly waitingCount: number;
  readonly failedCount: number;
  readonly embeddingModel: string;
  /** The model that made the vectors in use; null while there are none. */
  readonly indexedWith: string | null;
  /** The model or the way of cutting was changed since: a re-index brings the index up to date. Until then the old one is searched. */
  readonly stale: boolean;
  readonly updatedAt: Date;
  /** Of the job under way, or waiting. */
  readonly jobId: string | null;
}
export interface KnowledgeBaseView extends KnowledgeBaseItem {
  readonly chunkBy: (typeof chunkWays)[number];
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  readonly dimensions: number | null;
}

export interface KnowledgeDocumentItem {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly status: (typeof documentStatuses)[number];
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly chunkCount: number;
  readonly pageCount: number | null;
  readonly metadata: Metadata;
  readonly warnings: readonly ParseWarning[];
  readonly createdAt: Date;
  readonly indexedAt: Date | null;
}
export interface KnowledgeDocumentView extends KnowledgeDocumentItem {
  readonly knowledgeBaseId: string;
  readonly fileId: string | null;
  readonly outline: readonly OutlineEntry[];
  readonly textLength: number;
  /** How the file was taken. */
  readonly reading: DocumentReading;
  /** What was corrected of that. */
  readonly readAs: ReadAs;
}
export interface KnowledgeChunkItem {
  readonly id: string;
  readonly position: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly heading: string | null;
}

/** A passage with the reasons for its place. Ranks count from 1; null where that way did not find it. */
export interface SearchHit {
  readonly source: Source;
  readonly vectorRank: number | null;
  /** Cosine similarity. */
  readonly vectorScore: number | null;
  readonly textRank: number | null;
  /** Share of the question's words that the passage has, each by its weight (BM25 over its bound). */
  readonly textScore: number | null;
  readonly matchedWords: readonly string[];
  readonly fusedScore: number;
  readonly rerankScore: number | null;
}
export interface SearchReply {
  readonly hits: readonly SearchHit[];
  readonly timings: {
    readonly embedMs: number;
    readonly vectorMs: number;
    readonly textMs: number;
    readonly rerankMs: number;
  };
}

export interface KnowledgeQuestionItem {
  readonly id: string;
  readonly question: string;
  readonly answers: readonly string[];
}
export interface MeasureReply {
  readonly ways: Readonly<Record<(typeof searchWays)[number], RetrievalScores>>;
  /** Rank of the first passage that holds an answer, by each way; null where none of the first does. */
  readonly questions: readonly {
    readonly id: string;
    readonly ranks: Readonly<Record<(typeof searchWays)[number], number | null>>;
  }[];
}
