-- AlterTable
ALTER TABLE "KnowledgeBase" ADD COLUMN     "suppliedBy" TEXT;

-- AlterTable
ALTER TABLE "TunedModel" ADD COLUMN     "suppliedBy" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeBase_workspaceId_suppliedBy_key" ON "KnowledgeBase"("workspaceId", "suppliedBy");

-- CreateIndex
CREATE UNIQUE INDEX "TunedModel_workspaceId_suppliedBy_key" ON "TunedModel"("workspaceId", "suppliedBy");
