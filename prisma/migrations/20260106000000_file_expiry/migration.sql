-- Files that came with a run, or that a run made, are not kept for ever.
ALTER TABLE "StoredFile" ADD COLUMN "expiresAt" TIMESTAMP(3);
CREATE INDEX "StoredFile_expiresAt_idx" ON "StoredFile"("expiresAt");
