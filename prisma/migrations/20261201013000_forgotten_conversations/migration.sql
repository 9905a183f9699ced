-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "forgottenAt" TIMESTAMP(3);
