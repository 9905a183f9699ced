-- CreateTable
CREATE TABLE "CachedAnswer" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "endUser" TEXT NOT NULL DEFAULT '',
    "depends" TEXT NOT NULL,
    "questionHash" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "outputs" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "model" TEXT NOT NULL DEFAULT '',
    "embedding" vector,
    "runId" TEXT NOT NULL,
    "tookMs" INTEGER NOT NULL,
    "costMicroUsd" DOUBLE PRECISION,
    "hits" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CachedAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CacheDay" (
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,
    "misses" INTEGER NOT NULL DEFAULT 0,
    "aside" INTEGER NOT NULL DEFAULT 0,
    "savedMs" BIGINT NOT NULL DEFAULT 0,
    "savedMicroUsd" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "unpriced" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CacheDay_pkey" PRIMARY KEY ("owner","step","day")
);

-- CreateIndex
CREATE INDEX "CachedAnswer_owner_step_usedAt_idx" ON "CachedAnswer"("owner", "step", "usedAt");

-- CreateIndex
CREATE INDEX "CachedAnswer_workspaceId_runId_idx" ON "CachedAnswer"("workspaceId", "runId");

-- CreateIndex
CREATE INDEX "CachedAnswer_workspaceId_endUser_idx" ON "CachedAnswer"("workspaceId", "endUser");

-- CreateIndex
CREATE INDEX "CachedAnswer_expiresAt_idx" ON "CachedAnswer"("expiresAt");

-- CreateIndex
CREATE INDEX "CachedAnswer_pipelineId_idx" ON "CachedAnswer"("pipelineId");

-- CreateIndex
CREATE UNIQUE INDEX "CachedAnswer_owner_step_scope_depends_questionHash_key" ON "CachedAnswer"("owner", "step", "scope", "depends", "questionHash");

-- CreateIndex
CREATE INDEX "CacheDay_workspaceId_idx" ON "CacheDay"("workspaceId");

-- CreateIndex
CREATE INDEX "CacheDay_pipelineId_idx" ON "CacheDay"("pipelineId");

-- AddForeignKey
ALTER TABLE "CachedAnswer" ADD CONSTRAINT "CachedAnswer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CachedAnswer" ADD CONSTRAINT "CachedAnswer_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CacheDay" ADD CONSTRAINT "CacheDay_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CacheDay" ADD CONSTRAINT "CacheDay_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;


