-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "mayReadPrompts" BOOLEAN NOT NULL DEFAULT false;
