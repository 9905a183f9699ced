-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "figures" TEXT;

-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN     "latencyBudgetMs" INTEGER;

-- CreateTable
CREATE TABLE "RunRollup" (
    "workspaceId" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,
    "of" TEXT NOT NULL DEFAULT '',
    "runs" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "measures" TEXT NOT NULL,

    CONSTRAINT "RunRollup_pkey" PRIMARY KEY ("deploymentId","minutes","by","at","of")
);

-- CreateTable
CREATE TABLE "RollupMark" (
    "id" INTEGER NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RollupMark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LateRun" (
    "runId" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LateRun_pkey" PRIMARY KEY ("runId")
);

-- CreateIndex
CREATE INDEX "RunRollup_workspaceId_minutes_by_at_idx" ON "RunRollup"("workspaceId", "minutes", "by", "at");

-- CreateIndex
CREATE INDEX "LateRun_startedAt_idx" ON "LateRun"("startedAt");

-- AddForeignKey
ALTER TABLE "RunRollup" ADD CONSTRAINT "RunRollup_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
