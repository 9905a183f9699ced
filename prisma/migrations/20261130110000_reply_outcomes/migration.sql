ALTER TABLE "Run" ADD COLUMN "replyOutcome" TEXT;

CREATE TABLE "ModelLearning" (
    "endpointId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "learning" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelLearning_pkey" PRIMARY KEY ("endpointId", "model")
);

ALTER TABLE "ModelLearning" ADD CONSTRAINT "ModelLearning_endpointId_fkey"
    FOREIGN KEY ("endpointId") REFERENCES "ModelEndpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
