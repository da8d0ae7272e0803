-- CreateEnum
CREATE TYPE "SealingStepKind" AS ENUM ('BASE', 'SEAL', 'SIGNER', 'LTV', 'ARCHIVE');

-- CreateEnum
CREATE TYPE "SignatureLevel" AS ENUM ('B_B', 'B_T', 'B_LT', 'B_LTA');

-- CreateEnum
CREATE TYPE "Identification" AS ENUM ('SIGNING_LINK_BY_EMAIL');

-- AlterEnum
-- In the one transaction of this file: what was QUEUED is PREPARING, and so is what had begun, for it begins anew below.
CREATE TYPE "SealingState_new" AS ENUM ('PREPARING', 'STAMPING', 'SIGNING', 'TIMESTAMPING', 'SEALED', 'WAITING', 'ENDED');
ALTER TABLE "Sealing" ALTER COLUMN "state" TYPE "SealingState_new" USING (CASE "state"::text WHEN 'SEALED' THEN 'SEALED' ELSE 'PREPARING' END::"SealingState_new");
ALTER TYPE "SealingState" RENAME TO "SealingState_old";
ALTER TYPE "SealingState_new" RENAME TO "SealingState";
DROP TYPE "SealingState_old";

-- AlterTable
ALTER TABLE "Envelope" ADD COLUMN     "documentSigned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "originalSha256" TEXT;

-- AlterTable
ALTER TABLE "Recipient" ADD COLUMN     "identification" "Identification",
ADD COLUMN     "openedIp" TEXT,
ADD COLUMN     "openedUserAgent" TEXT,
ADD COLUMN     "signedIp" TEXT,
ADD COLUMN     "signedUserAgent" TEXT;

-- AlterTable
ALTER TABLE "Field" ADD COLUMN     "documentField" TEXT;

-- AlterTable
ALTER TABLE "Sealing" DROP COLUMN "claim",
ADD COLUMN     "levelReached" "SignatureLevel",
ADD COLUMN     "levelRequired" "SignatureLevel",
ADD COLUMN     "nextAttemptAt" TIMESTAMPTZ(3),
ADD COLUMN     "signaturesApplied" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "signaturesExpected" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "timestampAuthority" TEXT;

-- AlterTable
ALTER TABLE "DocumentCopy" ADD COLUMN     "emptySignatureFields" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "originalSha256" TEXT,
ADD COLUMN     "signed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "suggestedFields" JSONB;

-- CreateTable
CREATE TABLE "SealingStep" (
    "envelopeId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "organizationId" TEXT NOT NULL,
    "kind" "SealingStepKind" NOT NULL,
    "recipientId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim" TEXT,
    "claimedAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),
    "previousSha256" TEXT,
    "fieldSizes" JSONB,
    "sha256" TEXT,
    "size" INTEGER,
    "level" "SignatureLevel",
    "timestampAuthority" TEXT,
    "timestampedAt" TIMESTAMPTZ(3),
    "certificate" BYTEA,
    "certificateSerial" TEXT,
    "certificateSubject" TEXT,

    CONSTRAINT "SealingStep_pkey" PRIMARY KEY ("envelopeId","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "SealingStep_recipientId_key" ON "SealingStep"("recipientId");

-- CreateIndex
CREATE INDEX "Sealing_state_idx" ON "Sealing"("state");

-- AddForeignKey
ALTER TABLE "SealingStep" ADD CONSTRAINT "SealingStep_envelopeId_fkey" FOREIGN KEY ("envelopeId") REFERENCES "Envelope"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SealingStep" ADD CONSTRAINT "SealingStep_recipientId_fkey" FOREIGN KEY ("recipientId") REFERENCES "Recipient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Every envelope in flight is taken over: none has to be sent or signed again, and none is lost. The sweep finds them.
ALTER TABLE "Sealing" ALTER COLUMN "signaturesApplied" DROP DEFAULT, ALTER COLUMN "signaturesExpected" DROP DEFAULT;

-- What was sealed bears one seal of the platform, without a timestamp, and no signatures of the signers' own.
UPDATE "Sealing" SET "levelRequired" = 'B_B', "levelReached" = 'B_B' WHERE "state" = 'SEALED';

INSERT INTO "Sealing" ("envelopeId", "organizationId", "state", "attempts", "queuedAt", "changedAt", "signaturesExpected", "signaturesApplied")
SELECT e."id", e."organizationId", 'PREPARING', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, 0 FROM "Envelope" e WHERE e."state" IN ('SENT', 'DELIVERED');

UPDATE "Sealing" s SET "reason" = NULL, "attempts" = 0, "changedAt" = CURRENT_TIMESTAMP,
  "signaturesExpected" = (SELECT count(*) FROM "Recipient" r WHERE r."envelopeId" = s."envelopeId")
WHERE s."state" = 'PREPARING';

INSERT INTO "SealingStep" ("envelopeId", "position", "organizationId", "kind")
SELECT s."envelopeId", first."position", s."organizationId", first."kind"::"SealingStepKind"
FROM "Sealing" s CROSS JOIN (VALUES (0, 'BASE'), (1, 'SEAL')) AS first ("position", "kind") WHERE s."state" = 'PREPARING';

-- Who has signed already, in the order in which they did; their signatures are appended in that order.
INSERT INTO "SealingStep" ("envelopeId", "position", "organizationId", "kind", "recipientId")
SELECT s."envelopeId", 1 + row_number() OVER (PARTITION BY s."envelopeId" ORDER BY r."completedAt", r."id"), s."organizationId", 'SIGNER', r."id"
FROM "Sealing" s JOIN "Recipient" r ON r."envelopeId" = s."envelopeId" AND r."state" = 'COMPLETED' WHERE s."state" = 'PREPARING';

-- Nobody opens an envelope but by the link that their mailbox was sent.
UPDATE "Recipient" SET "identification" = 'SIGNING_LINK_BY_EMAIL' WHERE "deliveredAt" IS NOT NULL;
