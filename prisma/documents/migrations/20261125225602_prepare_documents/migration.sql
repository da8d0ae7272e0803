-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "DocumentRefusalCode" ADD VALUE 'PASSWORD_REQUIRED';
ALTER TYPE "DocumentRefusalCode" ADD VALUE 'PASSWORD_WRONG';
ALTER TYPE "DocumentRefusalCode" ADD VALUE 'AMBIGUOUS';
ALTER TYPE "DocumentRefusalCode" ADD VALUE 'CERTIFIED_NO_CHANGES';
ALTER TYPE "DocumentRefusalCode" ADD VALUE 'SIGNATURE_UNREADABLE';
ALTER TYPE "DocumentRefusalCode" ADD VALUE 'SIGNATURE_UNLISTED';

-- AlterEnum
ALTER TYPE "DocumentVersionKind" ADD VALUE 'PREPARED';

-- AlterTable
ALTER TABLE "Document" ADD COLUMN     "sealedPassword" TEXT;

-- AlterTable
ALTER TABLE "DocumentVersion" ADD COLUMN     "emptySignatureFields" TEXT[],
ADD COLUMN     "hasOptionalContent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "removed" JSONB,
ADD COLUMN     "signed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "suggestedFields" JSONB;
