-- Lists leave the runs of experiments out, which may be a hundred times as many as all others.
CREATE INDEX "Run_workspaceId_trigger_startedAt_idx" ON "Run"("workspaceId", "trigger", "startedAt");
