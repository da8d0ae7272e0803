-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DocumentState" AS ENUM ('UPLOADING', 'PROCESSING', 'READY', 'REFUSED', 'DELETED');

-- CreateEnum
CREATE TYPE "DocumentRefusalCode" AS ENUM ('EMPTY', 'NOT_A_PDF', 'TOO_LARGE', 'TOO_MANY_PAGES', 'ENCRYPTED', 'XFA', 'BROKEN', 'TOO_COMPLEX', 'ALREADY_SIGNED', 'UNREADABLE');

-- CreateEnum
CREATE TYPE "DocumentVersionKind" AS ENUM ('ORIGINAL', 'SEALED');

-- CreateEnum
CREATE TYPE "EnvelopeUseState" AS ENUM ('IN_PROGRESS', 'COMPLETED', 'DECLINED', 'VOIDED');

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
CREATE TABLE "Document" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "state" "DocumentState" NOT NULL,
    "uploadedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT,
    "size" INTEGER,
    "uploadedAt" TIMESTAMPTZ(3),
    "readyAt" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "refusalCode" "DocumentRefusalCode",
    "refusalMessage" TEXT,
    "deletedAt" TIMESTAMPTZ(3),
    "deletedById" TEXT,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocumentVersion" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "kind" "DocumentVersionKind" NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "envelopeId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "pageCount" INTEGER,
    "textSha256" TEXT,
    "textTruncated" BOOLEAN NOT NULL DEFAULT false,
    "title" TEXT,
    "producer" TEXT,
    "hasAcroForm" BOOLEAN NOT NULL DEFAULT false,
    "hasAttachments" BOOLEAN NOT NULL DEFAULT false,
    "hasJavaScript" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "DocumentVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocumentPage" (
    "versionId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "width" DOUBLE PRECISION NOT NULL,
    "height" DOUBLE PRECISION NOT NULL,
    "rotation" INTEGER NOT NULL,

    CONSTRAINT "DocumentPage_pkey" PRIMARY KEY ("versionId","number")
);

-- CreateTable
CREATE TABLE "DocumentAccess" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "envelopeId" TEXT NOT NULL,
    "recipientId" TEXT NOT NULL,
    "grantedById" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedById" TEXT,
    "standingKey" TEXT,

    CONSTRAINT "DocumentAccess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EnvelopeUse" (
    "envelopeId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "state" "EnvelopeUseState" NOT NULL,
    "recipientIds" TEXT[],
    "sentAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EnvelopeUse_pkey" PRIMARY KEY ("envelopeId")
);

-- CreateTable
CREATE TABLE "Thumbnail" (
    "organizationId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "imageSha256" TEXT NOT NULL,
    "imageSize" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Thumbnail_pkey" PRIMARY KEY ("organizationId","sha256","page","width")
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
CREATE INDEX "Document_organizationId_id_idx" ON "Document"("organizationId", "id");

-- CreateIndex
CREATE INDEX "Document_organizationId_state_id_idx" ON "Document"("organizationId", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DocumentVersion_envelopeId_key" ON "DocumentVersion"("envelopeId");

-- CreateIndex
CREATE INDEX "DocumentVersion_documentId_kind_idx" ON "DocumentVersion"("documentId", "kind");

-- CreateIndex
CREATE INDEX "DocumentVersion_documentId_id_idx" ON "DocumentVersion"("documentId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DocumentAccess_standingKey_key" ON "DocumentAccess"("standingKey");

-- CreateIndex
CREATE INDEX "DocumentAccess_documentId_id_idx" ON "DocumentAccess"("documentId", "id");

-- CreateIndex
CREATE INDEX "DocumentAccess_envelopeId_revokedAt_idx" ON "DocumentAccess"("envelopeId", "revokedAt");

-- CreateIndex
CREATE INDEX "DocumentAccess_recipientId_envelopeId_idx" ON "DocumentAccess"("recipientId", "envelopeId");

-- CreateIndex
CREATE INDEX "EnvelopeUse_organizationId_documentId_state_idx" ON "EnvelopeUse"("organizationId", "documentId", "state");

-- AddForeignKey
ALTER TABLE "DocumentVersion" ADD CONSTRAINT "DocumentVersion_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentPage" ADD CONSTRAINT "DocumentPage_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "DocumentVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentAccess" ADD CONSTRAINT "DocumentAccess_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
