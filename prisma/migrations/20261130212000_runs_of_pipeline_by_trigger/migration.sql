-- CreateIndex
CREATE INDEX "Run_pipelineId_trigger_startedAt_idx" ON "Run"("pipelineId", "trigger", "startedAt");
