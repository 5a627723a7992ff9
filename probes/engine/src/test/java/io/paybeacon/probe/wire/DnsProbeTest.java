package io.paybeacon.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.RawServer;
import io.paybeacon.probe.http.WireBench;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DnsProbeTest {

    private static final String NAME = "api.gateway.test";
    private static final int MUTATIONS = 20_000;
    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static DnsAttempt ask(
            String name, DnsCall.Type type, int port, boolean tcp, Duration deadline)
            throws Exception {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new DnsProbe(bench.dialer)
                .send(bench.context(), new DnsCall(name, type, Optional.of(server), tcp, deadline))
                .await(40, TimeUnit.SECONDS);
    }

    /** Turns the next question into that answer. */
    private static void answerOnce(DatagramSocket socket, UnaryOperator<Buffer> server) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                        socket.receive(packet);
                        Buffer question =
                                Buffer.buffer(packet.getData()).getBuffer(0, packet.getLength());
                        byte[] answer = server.apply(question).getBytes();
                        socket.send(
                                new DatagramPacket(
                                        answer, answer.length, packet.getSocketAddress()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static DnsAttempt askUdp(DnsCall.Type type, UnaryOperator<Buffer> server)
            throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            answerOnce(socket, server);
            return ask(NAME, type, socket.getLocalPort(), false, WireBench.PATIENT);
        }
    }

    private static Buffer answer(Buffer question, int flags, int records) {
        int end = question.length() - 11;
        return question.getBuffer(0, end)
                .setUnsignedShort(2, 0x8180 | flags)
                .setUnsignedShort(6, records)
                .setUnsignedShort(10, 0);
    }

    private static Buffer record(Buffer message, int type, long ttl, Buffer data) {
        return message.appendUnsignedShort(0xc00c)
                .appendUnsignedShort(type)
                .appendUnsignedShort(1)
                .appendUnsignedInt(ttl)
                .appendUnsignedShort(data.length())
                .appendBuffer(data);
    }

    private static Buffer label(String text) {
        return Buffer.buffer()
                .appendByte((byte) text.length())
                .appendBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The label, then a pointer to the name asked for. */
    private static Buffer below(String label) {
        return label(label).appendUnsignedShort(0xc00c);
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(DnsCall.Type.A, Buffer.buffer(new byte[] {127, 0, 0, 9}), "127.0.0.9"),
                Arguments.of(
                        DnsCall.Type.AAAA,
                        Buffer.buffer(new byte[15]).appendByte((byte) 1),
                        "0:0:0:0:0:0:0:1"),
                Arguments.of(DnsCall.Type.CNAME, below("edge"), "edge." + NAME),
                Arguments.of(DnsCall.Type.NS, below("ns1"), "ns1." + NAME),
                Arguments.of(
                        DnsCall.Type.MX,
                        Buffer.buffer().appendUnsignedShort(10).appendBuffer(below("mail")),
                        "10 mail." + NAME),
                Arguments.of(
                        DnsCall.Type.SRV,
                        Buffer.buffer()
                                .appendUnsignedShort(1)
                                .appendUnsignedShort(2)
                                .appendUnsignedShort(443)
                                .appendBuffer(below("host")),
                        "1 2 443 host." + NAME),
                Arguments.of(
                        DnsCall.Type.TXT,
                        label("v=spf1 ").appendBuffer(label("-all")),
                        "v=spf1 -all"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    @DisplayName("Each type of record in its zone-file form, and the smallest time to live")
    void send_record(DnsCall.Type type, Buffer data, String text) throws Exception {
        DnsAttempt attempt =
                askUdp(
                        type,
                        question ->
                                record(
                                        record(answer(question, 0, 2), type.number(), 300, data),
                                        type.number(),
                                        60,
                                        data));
        assertThat(attempt.failure()).isNull();
        assertThat(attempt.rcode()).isEqualTo("NOERROR");
        assertThat(attempt.answers()).containsExactly(text, text);
        assertThat(attempt.minTtlSeconds()).isEqualTo(60);
        assertThat(attempt.phases().nanos()).containsOnlyKeys(Phase.WRITE, Phase.SERVER);
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
    }

    static Stream<Arguments> faults() {
        UnaryOperator<Buffer> nxdomain = question -> answer(question, 3, 0);
        UnaryOperator<Buffer> servfail = question -> answer(question, 2, 0);
        UnaryOperator<Buffer> truncated = question -> answer(question, 0x200, 0);
        UnaryOperator<Buffer> empty = question -> answer(question, 0, 0);
        UnaryOperator<Buffer> otherName =
                question -> answer(question, 0, 0).setByte(13, (byte) 'z');
        UnaryOperator<Buffer> beyond = question -> answer(question, 0, 9);
        UnaryOperator<Buffer> loop =
                question -> {
                    Buffer message = answer(question, 0, 1);
                    int here = message.length();
                    return message.appendUnsignedShort(0xc000 | here);
                };
        UnaryOperator<Buffer> shortAddress =
                question -> record(answer(question, 0, 1), 1, 60, Buffer.buffer(new byte[3]));
        return Stream.of(
                Arguments.of("NXDOMAIN", nxdomain, ProbeReason.DNS_ANSWER),
                Arguments.of("SERVFAIL", servfail, ProbeReason.DNS_ANSWER),
                Arguments.of("truncated", truncated, ProbeReason.DNS_ANSWER),
                Arguments.of("no record", empty, ProbeReason.DNS_ANSWER),
                Arguments.of("another question", otherName, ProbeReason.PROTOCOL),
                Arguments.of("records beyond the end", beyond, ProbeReason.PROTOCOL),
                Arguments.of("a name that points to itself", loop, ProbeReason.PROTOCOL),
                Arguments.of("an address of three bytes", shortAddress, ProbeReason.PROTOCOL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void send_fault(String name, UnaryOperator<Buffer> server, ProbeReason reason)
            throws Exception {
        DnsAttempt attempt = askUdp(DnsCall.Type.A, server);
        assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(reason);
    }

    @Test
    @DisplayName("A forged answer, with another id, is not taken; silence is a failure of DNS")
    void send_forgedId() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            answerOnce(
                    silent,
                    question ->
                            answer(question, 0, 0)
                                    .setUnsignedShort(0, question.getUnsignedShort(0) ^ 1));
            DnsAttempt attempt =
                    ask(NAME, DnsCall.Type.A, silent.getLocalPort(), false, WireBench.IMPATIENT);
            assertThat(attempt.failure()).extracting(Failure::reason).isEqualTo(ProbeReason.DNS);
        }
    }

    @Test
    @DisplayName("A port where nobody listens is refused, at once")
    void send_portUnreachable() throws Exception {
        int port;
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        DnsAttempt attempt = ask(NAME, DnsCall.Type.A, port, false, WireBench.PATIENT);
        assertThat(attempt.failure())
                .extracting(Failure::reason)
                .isEqualTo(ProbeReason.CONNECT_REFUSED);
    }

    @Test
    @DisplayName("Over TCP, in two pieces, with the phases of a connection")
    void send_tcp() throws Exception {
        RawServer.Script script =
                (socket, _, _) -> {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    Buffer question = Buffer.buffer(in.readNBytes(in.readUnsignedShort()));
                    Buffer reply =
                            record(
                                    answer(question, 0, 1),
                                    1,
                                    60,
                                    Buffer.buffer(new byte[] {127, 0, 0, 1}));
                    Buffer framed =
                            Buffer.buffer().appendUnsignedShort(reply.length()).appendBuffer(reply);
                    socket.getOutputStream().write(framed.getBytes(0, 5));
                    socket.getOutputStream().flush();
                    socket.getOutputStream().write(framed.getBytes(5, framed.length()));
                };
        try (RawServer server = new RawServer(script)) {
            DnsAttempt attempt = ask(NAME, DnsCall.Type.A, server.port(), true, WireBench.PATIENT);
            assertThat(attempt.failure()).isNull();
            assertThat(attempt.answers()).containsExactly("127.0.0.1");
            assertThat(attempt.phases().nanos())
                    .containsOnlyKeys(Phase.CONNECT, Phase.WRITE, Phase.SERVER, Phase.TRANSFER);
        }
        try (RawServer server = new RawServer((socket, _, _) -> socket.getInputStream().read())) {
            assertThat(
                            ask(NAME, DnsCall.Type.A, server.port(), true, WireBench.IMPATIENT)
                                    .failure())
                    .extracting(Failure::reason)
                    .isEqualTo(ProbeReason.DNS);
        }
    }

    @Test
    @DisplayName("A name that DNS cannot carry is a fault of the agent")
    void send_badName() throws Exception {
        for (String name : List.of("a..b", "x".repeat(64) + ".test", "a.".repeat(200))) {
            DnsAttempt attempt = ask(name, DnsCall.Type.A, 9, false, WireBench.PATIENT);
            assertThat(attempt.failure())
                    .extracting(Failure::reason)
                    .isEqualTo(ProbeReason.AGENT_FAULT);
        }
    }

    @Test
    @DisplayName("Whatever bytes come, reading them ends with an answer or a reason")
    void read_mutations() {
        long seed = 53;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<DnsCall.Type> types = List.of(DnsCall.Type.values());
        for (int i = 0; i < MUTATIONS; i++) {
            DnsCall.Type type = types.get(random.nextInt(types.size()));
            Buffer message =
                    record(
                            answer(DnsMessage.question(1, NAME, type), 0, 1),
                            type.number(),
                            60,
                            below("x"));
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                message.setByte(random.nextInt(message.length()), (byte) random.nextInt(256));
            }
            DnsCall call = new DnsCall(NAME, type, Optional.empty(), false, WireBench.PATIENT);
            DnsAttempt attempt =
                    DnsProbe.judge(
                            new Phases(Map.of(), 0),
                            message.slice(0, random.nextInt(message.length() + 1)),
                            call);
            assertThat(attempt.answers().isEmpty())
                    .as("seed %d, message %d", seed, i)
                    .isEqualTo(attempt.minTtlSeconds() < 0);
        }
    }
}
