-- The findings as people and tools ask for them: a projection of what the engine delivered.
-- Standard SQL, the same for H2 and PostgreSQL.
CREATE TABLE finding (
    id                   VARCHAR(1024) NOT NULL PRIMARY KEY,
    kind                 VARCHAR(64)   NOT NULL,
    severity             VARCHAR(16)   NOT NULL,
    gateway              VARCHAR(256)  NOT NULL,
    subject              VARCHAR(1024) NOT NULL,
    opened_at            TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    -- Both or neither: null when the amount is not known.
    at_stake_minor_units BIGINT,
    at_stake_currency    CHAR(3),
    cause                VARCHAR       NOT NULL,
    remedy               VARCHAR       NOT NULL,
    -- A JSON object of text by name.
    evidence             VARCHAR       NOT NULL,
    state                VARCHAR(16)   NOT NULL,
    -- Null while it is open.
    resolved_at          TIMESTAMP(3) WITH TIME ZONE,
    -- The delivery that said the latest: an earlier one that comes again changes nothing.
    delivery_position    BIGINT        NOT NULL
);

CREATE INDEX finding_by_subject ON finding (subject, state);
CREATE INDEX finding_by_age ON finding (opened_at, id);
CREATE INDEX finding_by_state ON finding (state, opened_at, id);
