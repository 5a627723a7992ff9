package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of a plan. */
public sealed interface Step {

    /** Its name, unique in the plan. */
    String name();

    /** Time from its start to its end. */
    Duration timeout();

    /**
     * Sends one request and judges the response.
     *
     * @param request what is sent
     * @param effect what it does to money, null when nothing
     * @param idempotent whether it carries a key, so that it may be repeated to learn a lost answer
     * @param replayCheck whether it is repeated under its key once it has passed, to see that the
     *     gateway then does nothing further
     * @param extractions values kept for later steps
     * @param assertions what must hold, checked in order
     * @param expectDecline the declines that are a pass, null when the step expects approval
     * @param releasedWhen variable and the values of it which say that nothing is held any more
     * @param goneAfter age of a run from which this search, when it finds nothing, says that
     *     nothing is held; null for a step that cannot say so
     * @param redirectsMax redirects that are followed, each an attempt of its own
     * @param bodyBytesMax bytes of a response body beyond which the attempt ends
     */
    record Http(
            String name,
            Duration timeout,
            RequestTemplate request,
            @Nullable SideEffect effect,
            boolean idempotent,
            boolean replayCheck,
            List<Extraction> extractions,
            List<Assertion> assertions,
            @Nullable ExpectedDecline expectDecline,
            Map<String, Set<String>> releasedWhen,
            @Nullable Duration goneAfter,
            int redirectsMax,
            int bodyBytesMax)
            implements Step {

        public Http {
            requireNonNull(name, "name is null");
            extractions = List.copyOf(extractions);
            assertions = List.copyOf(assertions);
            releasedWhen = Map.copyOf(releasedWhen);
        }
    }

    /**
     * Holds a dialogue over a TCP connection.
     *
     * @param endpoint where to
     * @param tls whether it begins with a TLS handshake
     * @param dialogue the turns in order; empty to connect only
     * @param bytesMax bytes read in all beyond which the attempt ends
     */
    record Tcp(
            String name,
            Duration timeout,
            Endpoint endpoint,
            boolean tls,
            List<Turn> dialogue,
            int bytesMax,
            List<Assertion> assertions)
            implements Step {
        public Tcp {
            dialogue = List.copyOf(dialogue);
            assertions = List.copyOf(assertions);
        }
    }

    /**
     * Makes a TLS handshake, and nothing after it.
     *
     * @param endpoint where to
     * @param serverName the name that is asked for and verified; null for the host
     */
    record Tls(
            String name,
            Duration timeout,
            Endpoint endpoint,
            @Nullable Template serverName,
            List<Assertion> assertions)
            implements Step {
        public Tls {
            assertions = List.copyOf(assertions);
        }
    }

    /**
     * Asks a name server.
     *
     * @param question the name asked for; null for the host of the base URL
     * @param type the type of the records
     * @param server literal address, or address and port, of the name server; null for the
     *     machine's
     * @param tcp whether it is asked over TCP, not UDP
     */
    record Dns(
            String name,
            Duration timeout,
            @Nullable Template question,
            RecordType type,
            @Nullable Template server,
            boolean tcp,
            List<Assertion> assertions)
            implements Step {
        public Dns {
            assertions = List.copyOf(assertions);
        }
    }

    /**
     * Asks a gRPC service after its health; it passes when the service is serving.
     *
     * @param endpoint where to
     * @param tls whether it goes over TLS; null for what the base URL says
     * @param service name of the service; empty for the server as a whole
     */
    record GrpcHealth(
            String name,
            Duration timeout,
            Endpoint endpoint,
            @Nullable Boolean tls,
            Template service,
            List<Assertion> assertions)
            implements Step {
        public GrpcHealth {
            assertions = List.copyOf(assertions);
        }
    }

    /**
     * Waits until the gateway has sent a webhook of that type about this run.
     *
     * @param eventType the gateway's own name of the event type
     */
    record WebhookArrives(String name, Duration timeout, String eventType) implements Step {}

    /**
     * Repeats a step of the flow under its idempotency key, to learn what a lost response said.
     * Stands in the cleanup only.
     *
     * @param step name of the step that is repeated
     */
    record Replay(String name, Duration timeout, String step) implements Step {}

    /**
     * Declines that are a pass.
     *
     * @param codes the codes that are expected; empty when any decline is that no code says to be
     *     technical
     */
    record ExpectedDecline(Set<String> codes) {
        public ExpectedDecline {
            codes = Set.copyOf(codes);
        }
    }

    /**
     * A host and a port.
     *
     * @param host name or literal address; null for the host of the base URL
     * @param port empty for the port of the base URL
     */
    record Endpoint(@Nullable Template host, OptionalInt port) {}

    /** One turn of a TCP dialogue. */
    sealed interface Turn {

        /** Sends a text. */
        record Send(Template text) implements Turn {}

        /** Waits until the pattern is found in what came. */
        record Expect(Pattern pattern) implements Turn {}

        /** Goes over to TLS. */
        record StartTls() implements Turn {}
    }

    /** Types of DNS records. */
    enum RecordType {
        A,
        AAAA,
        CNAME,
        TXT,
        MX,
        SRV,
        NS
    }
}
