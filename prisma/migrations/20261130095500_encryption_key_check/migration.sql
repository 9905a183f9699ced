-- CreateTable
CREATE TABLE "EncryptionKeyCheck" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EncryptionKeyCheck_pkey" PRIMARY KEY ("id")
);
