-- What a run was asked and what it answered, briefly, so that lists show it and find it without reading logs.
ALTER TABLE "Run" ADD COLUMN "question" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Run" ADD COLUMN "answer" TEXT NOT NULL DEFAULT '';
CREATE INDEX "Run_deploymentId_startedAt_idx" ON "Run"("deploymentId", "startedAt");
