-- Several agents may share the database: each row says whose it is. What is there is this agent's.
-- Beside what the facts say stands what people did.
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
    -- What the facts say: open, resolved, superseded; and since when it does not hold.
    facts                VARCHAR(16)   NOT NULL,
    ended_at             TIMESTAMP(3) WITH TIME ZONE,
    -- What facts and people come to.
    state                VARCHAR(16)   NOT NULL,
    assignee             VARCHAR(256)  NOT NULL,
    snoozed_until        TIMESTAMP(3) WITH TIME ZONE,
    resolved_at          TIMESTAMP(3) WITH TIME ZONE,
    -- The delivery that said the latest: an earlier one that comes again changes nothing.
    delivery_position    BIGINT        NOT NULL,
    CONSTRAINT finding_key PRIMARY KEY (agent, id)
);

INSERT INTO finding
    SELECT '${agent}', id, kind, severity, gateway, subject, opened_at, at_stake_minor_units,
           at_stake_currency, cause, remedy, evidence, state, resolved_at, state, '', NULL,
           resolved_at, delivery_position
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

-- What people did with a finding comes to this. It may be told before the finding itself.
CREATE TABLE handling (
    agent             VARCHAR(64)   NOT NULL,
    finding_id        VARCHAR(1024) NOT NULL,
    state             VARCHAR(16)   NOT NULL,
    assignee          VARCHAR(256)  NOT NULL,
    snoozed_until     TIMESTAMP(3) WITH TIME ZONE,
    -- The last act that was more than a remark; null when there is none.
    decided_at        TIMESTAMP(3) WITH TIME ZONE,
    delivery_position BIGINT        NOT NULL,
    CONSTRAINT handling_key PRIMARY KEY (agent, finding_id)
);

-- The audit trail: who did what to a finding, when, and from which state it led to which.
CREATE TABLE act (
    agent      VARCHAR(64)   NOT NULL,
    finding_id VARCHAR(1024) NOT NULL,
    number     INTEGER       NOT NULL,
    acted_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    event_id   VARCHAR(256)  NOT NULL,
    actor      VARCHAR(256)  NOT NULL,
    act        VARCHAR(32)   NOT NULL,
    -- To whom, until when, or a remark; empty where there is nothing to say.
    detail     VARCHAR       NOT NULL,
    from_state VARCHAR(16)   NOT NULL,
    to_state   VARCHAR(16)   NOT NULL,
    CONSTRAINT act_key PRIMARY KEY (agent, finding_id, number)
);
