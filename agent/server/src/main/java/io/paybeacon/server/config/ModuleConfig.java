package io.paybeacon.server.config;

import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.wire.DnsCall;
import io.paybeacon.probe.wire.Exchange;
import io.paybeacon.server.config.schema.Defaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code /probe?module=NAME} does with a target.
 *
 * @param name as the scrape names it
 * @param timeout at most
 * @param check what is done
 * @param connection how the target is reached
 */
public record ModuleConfig(String name, Duration timeout, Check check, Connection connection) {
    /** Modules that exist unless the configuration has others of their names. */
    public static List<ModuleConfig> shipped() {
        return List.of(
                shipped("http_2xx", http("GET")),
                shipped("http_post_2xx", http("POST")),
                shipped("tcp_connect", new Check.Tcp(false, List.of())),
                shipped("tls_connect", new Check.Tls(Optional.empty())),
                shipped("dns_a", new Check.Dns("example.com", DnsCall.Type.A, false, List.of())),
                shipped("grpc", new Check.GrpcHealth("", true)));
    }

    private static ModuleConfig shipped(String name, Check check) {
        return new ModuleConfig(name, Defaults.MODULE_TIMEOUT, check, Connection.DIRECT);
    }

    private static Check.Http http(String method) {
        return new Check.Http(
                method,
                Protocol.HTTP_1_1,
                Map.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Defaults.MODULE_REDIRECTS,
                List.of(),
                List.of(),
                false,
                false);
    }

    /** What is done with a target. */
    public sealed interface Check {
        /**
         * An HTTP request.
         *
         * @param protocol the version of HTTP; 2 is spoken over TLS alone
         * @param headers beside those that every request has
         * @param body empty for none
         * @param token the bearer token to show
         * @param login the user to show; never together with a token
         * @param statuses that pass; empty for 200 to 299
         * @param redirectsMax how many are followed
         * @param bodyMatches expressions of RE2 of which each must be found
         * @param bodyNotMatches expressions of RE2 of which none may be found
         * @param failIfTls whether TLS is a failure
         * @param failIfNotTls whether the lack of TLS is a failure
         */
        record Http(
                String method,
                Protocol protocol,
                Map<String, String> headers,
                String body,
                Optional<Secret> token,
                Optional<Login> login,
                Set<Integer> statuses,
                int redirectsMax,
                List<String> bodyMatches,
                List<String> bodyNotMatches,
                boolean failIfTls,
                boolean failIfNotTls)
                implements Check {
            public Http {
                headers = Map.copyOf(headers);
                statuses = Set.copyOf(statuses);
                bodyMatches = List.copyOf(bodyMatches);
                bodyNotMatches = List.copyOf(bodyNotMatches);
            }
        }

        /**
         * A TCP connection.
         *
         * @param tls whether TLS is spoken at once
         * @param dialogue what is said and expected, in order
         */
        record Tcp(boolean tls, List<Exchange> dialogue) implements Check {
            public Tcp {
                dialogue = List.copyOf(dialogue);
            }
        }

        /**
         * A TLS handshake.
         *
         * @param serverName that the certificate must have; empty for the target's
         */
        record Tls(Optional<String> serverName) implements Check {}

        /**
         * A question to the target, a name server.
         *
         * @param type of the record
         * @param tcp whether TCP is used
         * @param answerMatches expressions of RE2 of which each must match an answer
         */
        record Dns(String name, DnsCall.Type type, boolean tcp, List<String> answerMatches)
                implements Check {
            public Dns {
                answerMatches = List.copyOf(answerMatches);
            }
        }

        /**
         * The health check of gRPC.
         *
         * @param service empty for the server as a whole
         * @param tls whether TLS is spoken
         */
        record GrpcHealth(String service, boolean tls) implements Check {}
    }
}
