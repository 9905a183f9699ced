-- AlterTable
ALTER TABLE "EndpointModel" ADD COLUMN     "picture" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "speech" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "defaultPictureModel" TEXT,
ADD COLUMN     "defaultSpeechModel" TEXT;
