-- CreateTable
CREATE TABLE "RunFeedback" (
    "runId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "rating" TEXT NOT NULL,
    "correction" TEXT NOT NULL DEFAULT '',
    "userId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RunFeedback_pkey" PRIMARY KEY ("runId")
);

-- CreateIndex
CREATE INDEX "RunFeedback_workspaceId_updatedAt_idx" ON "RunFeedback"("workspaceId", "updatedAt");

-- AddForeignKey
ALTER TABLE "RunFeedback" ADD CONSTRAINT "RunFeedback_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunFeedback" ADD CONSTRAINT "RunFeedback_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
