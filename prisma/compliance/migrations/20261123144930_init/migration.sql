-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ComplianceCheckTrigger" AS ENUM ('COMPLETION', 'REQUEST');

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
CREATE TABLE "EnvelopeRecord" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "sealedSha256" TEXT,

    CONSTRAINT "EnvelopeRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecipientRecord" (
    "id" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "linkSentAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3),
    "signedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecipientRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComplianceCheck" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "trigger" "ComplianceCheckTrigger" NOT NULL,
    "requestedById" TEXT,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "packs" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "evidenceSha256" TEXT NOT NULL,
    "results" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ComplianceCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionPolicy" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "documentType" TEXT NOT NULL,
    "retainForMonths" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RetentionPolicy_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "RecipientRecord_envelopeId_id_idx" ON "RecipientRecord"("envelopeId", "id");

-- CreateIndex
CREATE INDEX "ComplianceCheck_organizationId_id_idx" ON "ComplianceCheck"("organizationId", "id");

-- CreateIndex
CREATE INDEX "ComplianceCheck_envelopeId_id_idx" ON "ComplianceCheck"("envelopeId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ComplianceCheck_envelopeId_evidenceSha256_packs_key" ON "ComplianceCheck"("envelopeId", "evidenceSha256", "packs");

-- CreateIndex
CREATE INDEX "RetentionPolicy_organizationId_id_idx" ON "RetentionPolicy"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RetentionPolicy_organizationId_documentType_key" ON "RetentionPolicy"("organizationId", "documentType");
