-- CreateEnum
CREATE TYPE "InboxState" AS ENUM ('open', 'approved', 'rejected', 'timedOut', 'withdrawn');

-- AlterEnum
ALTER TYPE "RunStatus" ADD VALUE 'paused';

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "userId" TEXT;

-- CreateTable
CREATE TABLE "InboxTask" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "question" JSONB NOT NULL,
    "state" "InboxState" NOT NULL DEFAULT 'open',
    "role" "Role" NOT NULL,
    "emails" TEXT[],
    "reviewers" INTEGER NOT NULL,
    "excludesAuthor" BOOLEAN NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "escalateAt" TIMESTAMP(3),
    "escalatedTo" "Role",
    "reservedBy" TEXT,
    "reservedUntil" TIMESTAMP(3),
    "proposal" JSONB,
    "round" INTEGER NOT NULL DEFAULT 0,
    "answer" JSONB,
    "isApplied" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "InboxTask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxDecision" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "isApproval" BOOLEAN NOT NULL,
    "isEdit" BOOLEAN NOT NULL,
    "value" JSONB,
    "form" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "seconds" INTEGER,
    "via" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InboxDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "InboxTask_workspaceId_state_dueAt_id_idx" ON "InboxTask"("workspaceId", "state", "dueAt", "id");

-- CreateIndex
CREATE INDEX "InboxTask_workspaceId_createdAt_id_idx" ON "InboxTask"("workspaceId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "InboxTask_state_dueAt_idx" ON "InboxTask"("state", "dueAt");

-- CreateIndex
CREATE INDEX "InboxTask_state_escalateAt_idx" ON "InboxTask"("state", "escalateAt");

-- CreateIndex
CREATE UNIQUE INDEX "InboxTask_runId_place_key" ON "InboxTask"("runId", "place");

-- CreateIndex
CREATE INDEX "InboxDecision_workspaceId_createdAt_idx" ON "InboxDecision"("workspaceId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "InboxDecision_taskId_reviewer_round_key" ON "InboxDecision"("taskId", "reviewer", "round");

-- AddForeignKey
ALTER TABLE "InboxTask" ADD CONSTRAINT "InboxTask_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxTask" ADD CONSTRAINT "InboxTask_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxDecision" ADD CONSTRAINT "InboxDecision_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxDecision" ADD CONSTRAINT "InboxDecision_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "InboxTask"("id") ON DELETE CASCADE ON UPDATE CASCADE;


