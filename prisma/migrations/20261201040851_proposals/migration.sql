-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('open', 'accepted', 'declined', 'withdrawn');

-- AlterTable
ALTER TABLE "Pipeline" ADD COLUMN     "openFields" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "Proposal" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'open',
    "note" TEXT NOT NULL DEFAULT '',
    "userId" TEXT,
    "changes" JSONB NOT NULL,
    "prompt" JSONB,
    "cases" JSONB NOT NULL DEFAULT '[]',
    "baseRevisionId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),
    "reason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Proposal_workspaceId_state_updatedAt_id_idx" ON "Proposal"("workspaceId", "state", "updatedAt", "id");

-- CreateIndex
CREATE INDEX "Proposal_pipelineId_state_idx" ON "Proposal"("pipelineId", "state");

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;


