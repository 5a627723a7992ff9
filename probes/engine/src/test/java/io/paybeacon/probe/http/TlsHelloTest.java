package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an attempt says first in TLS. */
class TlsHelloTest {

    /** TLS record: type, version, then the length (RFC 8446, section 5.1). */
    private static final int TYPE_AND_VERSION_BYTES = 3;

    private static final int HEADER_BYTES = 5;

    /** A packet of Ethernet less the headers of IPv6 and TCP with its options. */
    private static final int PACKET_BYTES_MAX = 1500 - 40 - 32;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void hello_fitsIntoOnePacket(TlsEngine engine) throws Exception {
        CompletableFuture<Integer> bytes = new CompletableFuture<>();
        RawServer.Script listening =
                (socket, server, _) -> {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    in.skipNBytes(TYPE_AND_VERSION_BYTES);
                    bytes.complete(HEADER_BYTES + in.readUnsignedShort());
                    socket.close();
                };
        try (WireBench bench = new WireBench(engine);
                RawServer server = new RawServer(listening)) {
            HttpAttempt attempt =
                    bench.send(
                            TlsProfile.PUBLIC,
                            WireBench.call("GET", Protocol.HTTP_1_1, true, server.port(), ""));
            assertThat(attempt.failure()).isNotNull();
            assertThat(bytes.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(PACKET_BYTES_MAX);
        }
    }
}
