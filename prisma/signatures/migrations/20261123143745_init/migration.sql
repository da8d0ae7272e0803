-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "EnvelopeState" AS ENUM ('CREATED', 'SENT', 'DELIVERED', 'SIGNED', 'COMPLETED', 'DECLINED', 'VOIDED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "RecipientState" AS ENUM ('CREATED', 'SENT', 'DELIVERED', 'COMPLETED', 'DECLINED');

-- CreateEnum
CREATE TYPE "FieldKind" AS ENUM ('SIGNATURE', 'INITIALS', 'DATE_SIGNED', 'TEXT', 'CHECKBOX');

-- CreateEnum
CREATE TYPE "SealingState" AS ENUM ('QUEUED', 'STAMPING', 'SIGNING', 'SEALED', 'WAITING');

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
CREATE TABLE "Envelope" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "senderId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT,
    "expiresInDays" INTEGER NOT NULL,
    "state" "EnvelopeState" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "documentSha256" TEXT,
    "consentText" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "signedAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,

    CONSTRAINT "Envelope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recipient" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "routingOrder" INTEGER NOT NULL,
    "state" "RecipientState" NOT NULL,
    "linkHash" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "consentedAt" TIMESTAMPTZ(3),
    "consentTextSha256" TEXT,
    "declinedAt" TIMESTAMPTZ(3),
    "declineReason" TEXT,

    CONSTRAINT "Recipient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Field" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "recipientId" TEXT NOT NULL,
    "kind" "FieldKind" NOT NULL,
    "page" INTEGER NOT NULL,
    "x" DOUBLE PRECISION NOT NULL,
    "y" DOUBLE PRECISION NOT NULL,
    "width" DOUBLE PRECISION NOT NULL,
    "height" DOUBLE PRECISION NOT NULL,
    "required" BOOLEAN NOT NULL,
    "label" TEXT,

    CONSTRAINT "Field_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FieldValue" (
    "fieldId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "text" TEXT,
    "checked" BOOLEAN,
    "drawing" BYTEA,
    "drawingSha256" TEXT,
    "filledAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FieldValue_pkey" PRIMARY KEY ("fieldId")
);

-- CreateTable
CREATE TABLE "Sealing" (
    "envelopeId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "state" "SealingState" NOT NULL,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL,
    "claim" TEXT,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT,
    "size" INTEGER,
    "sealedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Sealing_pkey" PRIMARY KEY ("envelopeId")
);

-- CreateTable
CREATE TABLE "DocumentCopy" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DocumentCopy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberCopy" (
    "organizationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "saidAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MemberCopy_pkey" PRIMARY KEY ("organizationId","userId")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" TEXT NOT NULL,
    "privateKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "Envelope_organizationId_id_idx" ON "Envelope"("organizationId", "id");

-- CreateIndex
CREATE INDEX "Envelope_organizationId_state_id_idx" ON "Envelope"("organizationId", "state", "id");

-- CreateIndex
CREATE INDEX "Envelope_documentId_id_idx" ON "Envelope"("documentId", "id");

-- CreateIndex
CREATE INDEX "Envelope_state_expiresAt_idx" ON "Envelope"("state", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Recipient_linkHash_key" ON "Recipient"("linkHash");

-- CreateIndex
CREATE INDEX "Recipient_envelopeId_routingOrder_id_idx" ON "Recipient"("envelopeId", "routingOrder", "id");

-- CreateIndex
CREATE INDEX "Recipient_organizationId_email_state_idx" ON "Recipient"("organizationId", "email", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Recipient_envelopeId_email_name_key" ON "Recipient"("envelopeId", "email", "name");

-- CreateIndex
CREATE INDEX "Field_envelopeId_id_idx" ON "Field"("envelopeId", "id");

-- CreateIndex
CREATE INDEX "Field_recipientId_id_idx" ON "Field"("recipientId", "id");

-- CreateIndex
CREATE INDEX "FieldValue_envelopeId_idx" ON "FieldValue"("envelopeId");

-- AddForeignKey
ALTER TABLE "Recipient" ADD CONSTRAINT "Recipient_envelopeId_fkey" FOREIGN KEY ("envelopeId") REFERENCES "Envelope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Field" ADD CONSTRAINT "Field_envelopeId_fkey" FOREIGN KEY ("envelopeId") REFERENCES "Envelope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Field" ADD CONSTRAINT "Field_recipientId_fkey" FOREIGN KEY ("recipientId") REFERENCES "Recipient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FieldValue" ADD CONSTRAINT "FieldValue_fieldId_fkey" FOREIGN KEY ("fieldId") REFERENCES "Field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sealing" ADD CONSTRAINT "Sealing_envelopeId_fkey" FOREIGN KEY ("envelopeId") REFERENCES "Envelope"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
