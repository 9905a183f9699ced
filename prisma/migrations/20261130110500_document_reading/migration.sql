-- AlterTable
ALTER TABLE "KnowledgeDocument" ADD COLUMN     "readAs" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "reading" JSONB NOT NULL DEFAULT '{}';
