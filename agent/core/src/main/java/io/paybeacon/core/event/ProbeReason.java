package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/** Why a step of a probe failed. Bounded: a metric label. */
public enum ProbeReason {
    /** The host name did not resolve. */
    DNS("dns"),
    /** The name server's answer is another than the plan expects. */
    DNS_ANSWER("dns_answer"),
    /** The peer refused the connection. */
    CONNECT_REFUSED("connect_refused"),
    /** No connection within the limit. */
    CONNECT_TIMEOUT("connect_timeout"),
    /** The network or the host could not be reached. */
    CONNECT_OTHER("connect_other"),
    /** The certificate is past, or before, its time. */
    TLS_EXPIRED("tls_expired"),
    /** The certificate is for another name. */
    TLS_NAME("tls_name"),
    /** The chain of certificates is untrusted or incomplete. */
    TLS_CHAIN("tls_chain"),
    /** No version of the protocol or cipher that both sides take. */
    TLS_VERSION("tls_version"),
    /** The handshake failed for another reason. */
    TLS_OTHER("tls_other"),
    /** The handshake did not end within the limit. */
    TLS_TIMEOUT("tls_timeout"),
    /** The certificate has fewer days left than the plan asserts. */
    CERT_EXPIRING("cert_expiring"),
    /** The proxy refused or broke the tunnel. */
    PROXY("proxy"),
    /** The request could not be written. */
    WRITE("write"),
    /** No first byte of an answer within the limit. */
    TTFB_TIMEOUT("ttfb_timeout"),
    /** The answer began and did not end within the limit. */
    BODY_TIMEOUT("body_timeout"),
    /** The peer reset the connection. */
    RESET("reset"),
    /** The peer closed the connection before the answer was complete. */
    CLOSED("closed"),
    /** The credentials were refused: 401 or 403. */
    AUTH("auth"),
    /** Another status from 400 to 499. */
    HTTP_4XX("http_4xx"),
    /** Too many requests: 429. */
    HTTP_429("http_429"),
    /** A status from 500 to 599. */
    HTTP_5XX("http_5xx"),
    /** A status that the plan does not expect, outside of the ranges above. */
    HTTP_STATUS("http_status"),
    /** Too many redirects, or one that is refused. */
    REDIRECT("redirect"),
    /** A gRPC status other than the plan expects. */
    GRPC_STATUS("grpc_status"),
    /** The service says of itself that it does not serve. */
    NOT_SERVING("not_serving"),
    /** Not the protocol that the plan speaks, or against its rules. */
    PROTOCOL("protocol"),
    /** Larger than the limits of the agent. */
    TOO_LARGE("too_large"),
    /** Not the syntax or shape that the plan reads. */
    SCHEMA("schema"),
    /** An assertion of the plan does not hold. */
    ASSERTION("assertion"),
    /** Slower than the plan asserts. */
    LATENCY("latency"),
    /** Another amount or currency than asked for. */
    AMOUNT_MISMATCH("amount_mismatch"),
    /** The webhook did not come within the limit. */
    WEBHOOK_MISSING("webhook_missing"),
    /** Declined, where the plan expects an approval. */
    DECLINED_UNEXPECTED("declined_unexpected"),
    /** Declined with a code that the plan lists as technical: issuer or network were ill. */
    DECLINED_TECHNICAL("declined_technical"),
    /** Approved, where the plan expects a decline. */
    APPROVED_UNEXPECTED("approved_unexpected"),
    /** The same request under the same key gave another object, or charged a second time. */
    REPLAY_MISMATCH("replay_mismatch"),
    /** The run as a whole took longer than the plan allows. */
    PLAN_TIMEOUT("plan_timeout"),
    /** The money budget of the plan is used up. */
    BUDGET("budget"),
    /** The agent itself was ill: the sample says nothing about the gateway. */
    AGENT_FAULT("agent_fault");

    /** All of them by label. */
    public static final Named<ProbeReason> NAMES = Named.of(ProbeReason.class, ProbeReason::label);

    private final String label;

    ProbeReason(String label) {
        this.label = label;
    }

    /** Whether the cause lies with the agent or its budget: it says nothing about the gateway. */
    public boolean ofAgent() {
        return this == AGENT_FAULT || this == BUDGET;
    }

    /** The value of the metric label. */
    public String label() {
        return label;
    }
}
