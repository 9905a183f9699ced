-- AlterTable
ALTER TABLE "ModelEndpoint" ADD COLUMN     "keyHeader" TEXT NOT NULL DEFAULT 'authorization',
ADD COLUMN     "headersCipher" TEXT,
ADD COLUMN     "caCertificate" TEXT,
ADD COLUMN     "proxyCipher" TEXT;
