-- CreateTable
CREATE TABLE "Trainer" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Trainer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tuning" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT,
    "name" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "tunedModelId" TEXT NOT NULL,
    "versionId" TEXT,
    "parentId" TEXT,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "request" JSONB NOT NULL,
    "rowsFileId" TEXT NOT NULL,
    "dataHash" TEXT NOT NULL,
    "trainRows" INTEGER NOT NULL,
    "heldOutRows" INTEGER NOT NULL,
    "remoteId" TEXT,
    "lastEvent" INTEGER NOT NULL DEFAULT 0,
    "record" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB,
    "jobId" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Tuning_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Trainer_workspaceId_endpointId_key" ON "Trainer"("workspaceId", "endpointId");

-- CreateIndex
CREATE INDEX "Tuning_workspaceId_createdAt_idx" ON "Tuning"("workspaceId", "createdAt");

-- AddForeignKey
ALTER TABLE "Trainer" ADD CONSTRAINT "Trainer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tuning" ADD CONSTRAINT "Tuning_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
