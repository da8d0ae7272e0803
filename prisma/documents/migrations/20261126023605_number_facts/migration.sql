-- DropIndex
DROP INDEX "OutboxMessage_sentAt_position_idx";

-- DropIndex
DROP INDEX "OutboxMessage_subject_position_idx";

-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "sequence" BIGINT;

-- What was said before has its place in the log, too: nobody is told it as new. A relay numbers what comes after.
UPDATE "OutboxMessage" o SET "sequence" = n."number"
FROM (SELECT "position", row_number() OVER (ORDER BY "position") AS "number" FROM "OutboxMessage") n
WHERE o."position" = n."position";

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_sequence_key" ON "OutboxMessage"("sequence");

-- CreateIndex
CREATE INDEX "OutboxMessage_sentAt_sequence_idx" ON "OutboxMessage"("sentAt", "sequence");

-- CreateIndex
CREATE INDEX "OutboxMessage_subject_sequence_idx" ON "OutboxMessage"("subject", "sequence");
