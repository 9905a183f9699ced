-- One job at a time indexes a base.
ALTER TABLE "KnowledgeBase" ADD COLUMN "indexingJobId" TEXT;
