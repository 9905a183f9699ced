-- A person's table, each row of it run by a pipeline, with the answers beside what was asked.
ALTER TYPE "RunTrigger" ADD VALUE 'sheet';

CREATE TABLE "Sheet" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "variants" JSONB NOT NULL DEFAULT '[]',
    "columns" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "fixed" JSONB NOT NULL DEFAULT '{}',
    "outputs" TEXT[],
    "jobId" TEXT,
    "rowsTotal" INTEGER NOT NULL,
    "rowsDone" INTEGER NOT NULL DEFAULT 0,
    "unanswered" INTEGER NOT NULL DEFAULT 0,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "uncostedRuns" INTEGER NOT NULL DEFAULT 0,
    "userId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Sheet_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Sheet_workspaceId_createdAt_idx" ON "Sheet"("workspaceId", "createdAt");
CREATE INDEX "Sheet_pipelineId_createdAt_idx" ON "Sheet"("pipelineId", "createdAt");
ALTER TABLE "Sheet" ADD CONSTRAINT "Sheet_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Sheet" ADD CONSTRAINT "Sheet_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "SheetRow" (
    "workspaceId" TEXT NOT NULL,
    "sheetId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" TEXT NOT NULL,
    "outcome" TEXT,
    "outputs" TEXT NOT NULL DEFAULT '{}',
    "reply" TEXT,
    "runId" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,

    CONSTRAINT "SheetRow_pkey" PRIMARY KEY ("sheetId","row")
);
CREATE INDEX "SheetRow_workspaceId_idx" ON "SheetRow"("workspaceId");
CREATE INDEX "SheetRow_sheetId_outcome_row_idx" ON "SheetRow"("sheetId", "outcome", "row");
ALTER TABLE "SheetRow" ADD CONSTRAINT "SheetRow_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "SheetRow" ADD CONSTRAINT "SheetRow_sheetId_fkey" FOREIGN KEY ("sheetId") REFERENCES "Sheet"("id") ON DELETE CASCADE ON UPDATE CASCADE;
