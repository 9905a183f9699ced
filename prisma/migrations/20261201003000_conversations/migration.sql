-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "keepConversationsDays" INTEGER DEFAULT 90;

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "deploymentId" TEXT,
    "owner" TEXT NOT NULL,
    "endUser" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lastTurn" INTEGER NOT NULL DEFAULT 0,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "summary" TEXT NOT NULL DEFAULT '',
    "summaryUntil" INTEGER NOT NULL DEFAULT 0,
    "busyRunId" TEXT,
    "busySince" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastTurnAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConversationTurn" (
    "runId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "number" INTEGER,
    "question" TEXT NOT NULL DEFAULT '',
    "answer" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConversationTurn_pkey" PRIMARY KEY ("runId")
);

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_lastTurnAt_idx" ON "Conversation"("workspaceId", "lastTurnAt");

-- CreateIndex
CREATE INDEX "Conversation_workspaceId_endUser_idx" ON "Conversation"("workspaceId", "endUser");

-- CreateIndex
CREATE INDEX "Conversation_deploymentId_lastTurnAt_idx" ON "Conversation"("deploymentId", "lastTurnAt");

-- CreateIndex
CREATE INDEX "Conversation_pipelineId_idx" ON "Conversation"("pipelineId");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_owner_endUser_name_key" ON "Conversation"("owner", "endUser", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ConversationTurn_conversationId_number_key" ON "ConversationTurn"("conversationId", "number");

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationTurn" ADD CONSTRAINT "ConversationTurn_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;


