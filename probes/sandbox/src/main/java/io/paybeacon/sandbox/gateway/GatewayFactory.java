package io.paybeacon.sandbox.gateway;

import io.paybeacon.sandbox.fault.FaultVocabulary;

/** How one kind of gateway is made. Stateless. */
public interface GatewayFactory {
    /** Which kind it makes. */
    GatewayKind kind();

    /** What the faults of this kind can name. */
    FaultVocabulary vocabulary();

    /**
     * A command for a shell that shows the gateway at work, with the sandbox's credentials; empty
     * when there is none.
     *
     * @param baseUrl without a trailing slash
     */
    default String example(String baseUrl) {
        return "";
    }

    /** A gateway without payments. */
    FakeGateway create(GatewayEnvironment environment);
}
