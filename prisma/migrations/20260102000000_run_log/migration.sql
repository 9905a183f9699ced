-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "leaseUntil" TIMESTAMP(3),
ADD COLUMN     "resumedAt" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "RunEventChunk" ALTER COLUMN "events" TYPE TEXT USING "events"::TEXT;
