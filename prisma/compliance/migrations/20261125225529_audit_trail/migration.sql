-- CreateTable
CREATE TABLE "AuditTrail" (
    "organizationId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditTrail_pkey" PRIMARY KEY ("organizationId")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "threadId" TEXT NOT NULL,
    "threadNumber" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "factId" TEXT NOT NULL,
    "envelopeId" TEXT,
    "documentId" TEXT,
    "recipientId" TEXT,
    "userId" TEXT,
    "content" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditPersonalData" (
    "eventId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "data" TEXT NOT NULL,

    CONSTRAINT "AuditPersonalData_pkey" PRIMARY KEY ("eventId","subject")
);

-- CreateTable
CREATE TABLE "AuditNode" (
    "organizationId" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "AuditNode_pkey" PRIMARY KEY ("organizationId","level","index")
);

-- CreateTable
CREATE TABLE "AuditCheckpoint" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditCheckpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditAnchor" (
    "checkpointId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "token" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "authority" TEXT NOT NULL,

    CONSTRAINT "AuditAnchor_pkey" PRIMARY KEY ("checkpointId")
);

-- CreateTable
CREATE TABLE "AuditAnchoring" (
    "checkpointId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "lastError" TEXT,
    "lastTriedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuditAnchoring_pkey" PRIMARY KEY ("checkpointId")
);

-- CreateTable
CREATE TABLE "AuditLogKey" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "privateKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditLogKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_factId_key" ON "AuditEvent"("factId");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_id_idx" ON "AuditEvent"("organizationId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_envelopeId_id_idx" ON "AuditEvent"("organizationId", "envelopeId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_kind_id_idx" ON "AuditEvent"("organizationId", "kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_organizationId_sequence_key" ON "AuditEvent"("organizationId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_organizationId_threadId_threadNumber_key" ON "AuditEvent"("organizationId", "threadId", "threadNumber");

-- CreateIndex
CREATE INDEX "AuditPersonalData_organizationId_subject_idx" ON "AuditPersonalData"("organizationId", "subject");

-- CreateIndex
CREATE INDEX "AuditCheckpoint_organizationId_id_idx" ON "AuditCheckpoint"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditCheckpoint_organizationId_size_key" ON "AuditCheckpoint"("organizationId", "size");

-- CreateIndex
CREATE UNIQUE INDEX "AuditLogKey_name_publicKey_key" ON "AuditLogKey"("name", "publicKey");

-- Who may write the trail. Roles belong to the whole server, so each database has one of its own, by its name: platforms that
-- share a server do not share a trail, and a copy of a database under another name gets another writer.
CREATE FUNCTION audit_writer_role() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT left(current_database()::text, 50) || '_audit_writer'
$$;

-- Makes the writer and what it may do: to read and to add, nothing else. Called at every start, not here: a server where this
-- user may not make roles must be able to say so and go on once somebody else made it, and a migration cannot fail halfway.
CREATE FUNCTION prepare_audit_writer() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    writer text := audit_writer_role();
    trail text;
BEGIN
    PERFORM pg_advisory_xact_lock(7263904);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = writer) THEN
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', writer);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    BEGIN
        PERFORM set_config('role', writer, true);
        PERFORM set_config('role', 'none', true);
    EXCEPTION WHEN insufficient_privilege OR invalid_parameter_value THEN
        EXECUTE format('GRANT %I TO %I', writer, session_user);
    END;
    IF NOT has_schema_privilege(writer, current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), writer);
    END IF;
    FOREACH trail IN ARRAY ARRAY['AuditTrail', 'AuditEvent', 'AuditPersonalData', 'AuditNode', 'AuditCheckpoint', 'AuditAnchor'] LOOP
        -- Only where it is not so already: the tables may belong to somebody else, who has seen to it.
        IF NOT (has_table_privilege(writer, quote_ident(trail), 'SELECT') AND has_table_privilege(writer, quote_ident(trail), 'INSERT'))
            OR has_table_privilege(writer, quote_ident(trail), 'UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
        THEN
            EXECUTE format('REVOKE ALL ON %I FROM %I', trail, writer);
            EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', trail, writer);
        END IF;
    END LOOP;
END
$$;

-- What is written stays as it was written, whoever asks.
CREATE FUNCTION refuse_to_change_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is append-only, % of % is refused.', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditTrail"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvent"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditNode"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditCheckpoint"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditAnchor"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();
-- Personal data can be erased, row by row, and not be exchanged.
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR TRUNCATE ON "AuditPersonalData"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail();

-- Only the writer writes: code that forgets to become the writer is refused instead of writing with more rights than it needs.
CREATE FUNCTION refuse_other_audit_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> audit_writer_role() THEN
        RAISE EXCEPTION 'Only % writes %, not %.', audit_writer_role(), TG_TABLE_NAME, current_user;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER audit_trail_has_one_writer BEFORE INSERT ON "AuditEvent"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_audit_writers();
CREATE TRIGGER audit_trail_has_one_writer BEFORE INSERT ON "AuditPersonalData"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_audit_writers();
CREATE TRIGGER audit_trail_has_one_writer BEFORE INSERT ON "AuditNode"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_audit_writers();
CREATE TRIGGER audit_trail_has_one_writer BEFORE INSERT ON "AuditCheckpoint"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_audit_writers();
CREATE TRIGGER audit_trail_has_one_writer BEFORE INSERT ON "AuditAnchor"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_audit_writers();

-- An event that does not follow the last one is refused, whoever computed it.
CREATE FUNCTION check_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said jsonb := NEW.content::jsonb;
    last record;
BEGIN
    SELECT sequence, hash INTO last FROM "AuditEvent" WHERE "organizationId" = NEW."organizationId" ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(last.sequence + 1, 0)
        OR NEW.hash <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
        OR said ->> 'organization' IS DISTINCT FROM NEW."organizationId"
        OR (said ->> 'sequence')::int IS DISTINCT FROM NEW.sequence
        OR said ->> 'previous' IS DISTINCT FROM last.hash
        OR said ->> 'factId' IS DISTINCT FROM NEW."factId"
        OR said -> 'thread' ->> 'id' IS DISTINCT FROM NEW."threadId"
        OR (said -> 'thread' ->> 'number')::int IS DISTINCT FROM NEW."threadNumber"
    THEN
        RAISE EXCEPTION 'Event % of % does not follow the trail.', NEW.sequence, NEW."organizationId";
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER audit_event_follows_the_trail BEFORE INSERT ON "AuditEvent"
    FOR EACH ROW EXECUTE FUNCTION check_audit_event();
