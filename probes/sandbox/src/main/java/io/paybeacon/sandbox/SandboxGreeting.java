package io.paybeacon.sandbox;

import io.paybeacon.sandbox.gateway.GatewayKind;
import java.io.PrintWriter;

/** What the command prints when the sandbox runs: addresses, and how to try them. */
final class SandboxGreeting {
    private SandboxGreeting() {}

    static void print(PrintWriter out, Sandbox sandbox, boolean withMarket) {
        for (SandboxGateway gateway : sandbox.gateways()) {
            String name = gateway.kind().wireName();
            out.println(
                    "%-7s answers at %s and %s"
                            .formatted(name, gateway.baseUrl(), gateway.tlsBaseUrl()));
            String example = gateway.example();
            if (!example.isEmpty()) {
                out.println("        try  " + example);
            }
            out.println("        books at " + gateway.baseUrl() + "/_sandbox/ledger");
            if (withMarket && gateway.kind() == GatewayKind.STRIPE) {
                out.println("        truth at " + gateway.baseUrl() + "/_sandbox/ground-truth");
            }
            for (var installed : gateway.faults().list()) {
                out.println(
                        "        %s: %s".formatted(installed.id(), installed.fault().describe()));
            }
        }
    }
}
