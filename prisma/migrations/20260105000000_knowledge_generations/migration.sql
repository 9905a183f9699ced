-- An index is built beside the one that is searched: every build is a generation.
ALTER TABLE "KnowledgeBase" ADD COLUMN "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "indexedAs" JSONB,
ADD COLUMN "building" JSONB,
ADD COLUMN "chunkCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "wordCount" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "KnowledgeDocument" ADD COLUMN "tables" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "builtGeneration" INTEGER;

ALTER TABLE "KnowledgeChunk" ADD COLUMN "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "textHash" TEXT NOT NULL DEFAULT '',
ADD COLUMN "wordCount" INTEGER NOT NULL DEFAULT 0;

DROP INDEX "KnowledgeChunk_documentId_position_key";
DROP INDEX "KnowledgeChunk_knowledgeBaseId_idx";
CREATE UNIQUE INDEX "KnowledgeChunk_documentId_generation_position_key" ON "KnowledgeChunk"("documentId", "generation", "position");
CREATE INDEX "KnowledgeChunk_knowledgeBaseId_generation_textHash_idx" ON "KnowledgeChunk"("knowledgeBaseId", "generation", "textHash");

CREATE TABLE "KnowledgeWord" (
    "knowledgeBaseId" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "word" TEXT NOT NULL,
    "chunkCount" INTEGER NOT NULL,

    CONSTRAINT "KnowledgeWord_pkey" PRIMARY KEY ("knowledgeBaseId", "generation", "word")
);
ALTER TABLE "KnowledgeWord" ADD CONSTRAINT "KnowledgeWord_knowledgeBaseId_fkey" FOREIGN KEY ("knowledgeBaseId") REFERENCES "KnowledgeBase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: Prisma has no words for these.
-- Each base has indexes of its own once it is large (server/knowledge/index/vector-index.ts); one over all bases would only slow down writing.
DROP INDEX "KnowledgeChunk_words_idx";
-- Text, vector and words lie outside of the row, uncompressed where they are read in bulk: a search looks at thousands of rows and at few of these.
ALTER TABLE "KnowledgeChunk" SET (toast_tuple_target = 128);
ALTER TABLE "KnowledgeChunk" ALTER COLUMN "embedding" SET STORAGE EXTERNAL;
ALTER TABLE "KnowledgeChunk" ALTER COLUMN "words" SET STORAGE EXTERNAL;
-- The planner learns nothing from them, and reading a sample of them takes long.
ALTER TABLE "KnowledgeChunk" ALTER COLUMN "text" SET STATISTICS 0;
ALTER TABLE "KnowledgeChunk" ALTER COLUMN "embedding" SET STATISTICS 0;
ALTER TABLE "KnowledgeChunk" ALTER COLUMN "words" SET STATISTICS 0;
-- Counts change with every batch of chunks; room on the page keeps them where they are.
ALTER TABLE "KnowledgeWord" SET (fillfactor = 70);
