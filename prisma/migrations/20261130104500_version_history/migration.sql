-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "keptAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "userId" TEXT;

-- What was kept before this was asked was kept when it was made.
UPDATE "Revision" SET "keptAt" = "createdAt";

-- CreateIndex
CREATE INDEX "Revision_pipelineId_keptAt_idx" ON "Revision"("pipelineId", "keptAt");
