-- CreateIndex
CREATE INDEX "Sealing_sha256_idx" ON "Sealing"("sha256");
