-- Several agents may share the database: each row says whose it is. What is there is this agent's.
ALTER TABLE finding RENAME TO finding_v1;

CREATE TABLE finding (
    agent                VARCHAR(64)   NOT NULL,
    id                   VARCHAR(1024) NOT NULL,
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
    delivery_position    BIGINT        NOT NULL,
    CONSTRAINT finding_key PRIMARY KEY (agent, id)
);

INSERT INTO finding
    SELECT '${agent}', id, kind, severity, gateway, subject, opened_at, at_stake_minor_units,
           at_stake_currency, cause, remedy, evidence, state, resolved_at, delivery_position
      FROM finding_v1;

DROP TABLE finding_v1;

CREATE INDEX finding_by_subject ON finding (subject, state);
CREATE INDEX finding_by_age ON finding (opened_at, agent, id);
CREATE INDEX finding_by_state ON finding (state, opened_at, agent, id);

-- From which data each agent's rows follow: those of other data must not be mixed with them.
CREATE TABLE projection (
    agent   VARCHAR(64) NOT NULL PRIMARY KEY,
    data_id VARCHAR(64) NOT NULL
);
