-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "VerificationState" AS ENUM ('PENDING', 'REQUIRES_REVIEW', 'IN_PROGRESS', 'VERIFIED', 'REJECTED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "IdentityDocumentType" AS ENUM ('PASSPORT', 'ID_CARD', 'NAMIBIAN_ID_NUMBER', 'SOUTH_AFRICAN_ID_NUMBER');

-- CreateEnum
CREATE TYPE "VerificationCheckKind" AS ENUM ('DOCUMENT_NUMBER_CHECK_DIGIT', 'BIRTH_DATE_CHECK_DIGIT', 'EXPIRY_CHECK_DIGIT', 'PERSONAL_NUMBER_CHECK_DIGIT', 'COMPOSITE_CHECK_DIGIT', 'ISSUING_STATE', 'NOT_EXPIRED', 'BIRTH_DATE_AGREES', 'NAME_AGREES', 'NUMBER_FORMAT', 'NUMBER_CHECK_DIGIT', 'AUTHENTICITY');

-- CreateEnum
CREATE TYPE "VerificationCheckVerdict" AS ENUM ('PASSED', 'FAILED', 'FORMAT_ONLY', 'INCONCLUSIVE', 'NOT_CHECKED');

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "position" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "InboxMessage" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "handledAt" TIMESTAMPTZ(3),

    CONSTRAINT "InboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "actorId" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("actorId","operation","key")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "state" "VerificationState" NOT NULL,
    "personName" TEXT NOT NULL,
    "dateOfBirth" DATE NOT NULL,
    "recipientId" TEXT,
    "documentType" "IdentityDocumentType",
    "sealedDocument" TEXT,
    "maskedNumber" TEXT,
    "issuingState" TEXT,
    "documentExpiry" DATE,
    "startedById" TEXT NOT NULL,
    "reviewerId" TEXT,
    "decisionReason" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerificationCheck" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "verificationId" TEXT NOT NULL,
    "kind" "VerificationCheckKind" NOT NULL,
    "verdict" "VerificationCheckVerdict" NOT NULL,
    "reason" TEXT NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VerificationCheck_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_id_key" ON "OutboxMessage"("id");

-- CreateIndex
CREATE INDEX "OutboxMessage_sentAt_position_idx" ON "OutboxMessage"("sentAt", "position");

-- CreateIndex
CREATE INDEX "OutboxMessage_subject_position_idx" ON "OutboxMessage"("subject", "position");

-- CreateIndex
CREATE INDEX "InboxMessage_handledAt_idx" ON "InboxMessage"("handledAt");

-- CreateIndex
CREATE INDEX "Verification_organizationId_id_idx" ON "Verification"("organizationId", "id");

-- CreateIndex
CREATE INDEX "Verification_recipientId_id_idx" ON "Verification"("recipientId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "VerificationCheck_verificationId_kind_key" ON "VerificationCheck"("verificationId", "kind");
