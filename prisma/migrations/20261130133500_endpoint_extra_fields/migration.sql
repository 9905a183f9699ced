-- AlterTable
ALTER TABLE "ModelEndpoint" ADD COLUMN     "extraFields" JSONB NOT NULL DEFAULT '{}';
