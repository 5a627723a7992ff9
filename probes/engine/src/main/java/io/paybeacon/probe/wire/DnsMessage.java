package io.paybeacon.probe.wire;

import io.vertx.core.buffer.Buffer;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Questions and answers of DNS as bytes (RFC 1035, section 4). */
final class DnsMessage {

    /** Flag: the peer is asked to resolve, not only to tell what it holds. */
    private static final int RECURSION_DESIRED = 0x0100;

    private static final int CLASS_IN = 1;
    private static final int HEADER_BYTES = 12;
    private static final int LABEL_BYTES_MAX = 63;
    private static final int NAME_CHARS_MAX = 253;

    /** Type OPT with the payload size that passes without fragments (RFC 6891). */
    private static final int TYPE_OPT = 41;

    private static final int UDP_PAYLOAD_BYTES = 1232;

    private static final List<String> RCODES =
            List.of(
                    "NOERROR",
                    "FORMERR",
                    "SERVFAIL",
                    "NXDOMAIN",
                    "NOTIMP",
                    "REFUSED",
                    "YXDOMAIN",
                    "YXRRSET",
                    "NXRRSET",
                    "NOTAUTH",
                    "NOTZONE");

    /**
     * What an answer says.
     *
     * @param rcode name of the response code
     * @param truncated whether it did not fit
     * @param answers data of the records of the type asked for, in text
     * @param minTtlSeconds smallest time to live among them; -1 without any
     * @param records how many records there are
     */
    record Answer(
            String rcode,
            boolean truncated,
            List<String> answers,
            long minTtlSeconds,
            DnsAttempt.Records records) {}

    /** Bytes that are no answer to the question. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private DnsMessage() {}

    /**
     * A question.
     *
     * @param id from 0 to 65535, not guessable
     * @throws IllegalArgumentException if the name is none that DNS can carry
     */
    static Buffer question(int id, String name, DnsCall.Type type) {
        Buffer message =
                Buffer.buffer()
                        .appendUnsignedShort(id)
                        .appendUnsignedShort(RECURSION_DESIRED)
                        .appendUnsignedShort(1)
                        .appendUnsignedShort(0)
                        .appendUnsignedShort(0)
                        .appendUnsignedShort(1);
        for (String label : labels(name)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length == 0 || bytes.length > LABEL_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "\"%s\" has a label that is empty or too long".formatted(name));
            }
            message.appendUnsignedByte((short) bytes.length).appendBytes(bytes);
        }
        message.appendByte((byte) 0)
                .appendUnsignedShort(type.number())
                .appendUnsignedShort(CLASS_IN);
        return message.appendByte((byte) 0)
                .appendUnsignedShort(TYPE_OPT)
                .appendUnsignedShort(UDP_PAYLOAD_BYTES)
                .appendInt(0)
                .appendUnsignedShort(0);
    }

    private static List<String> labels(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty()) {
            return List.of();
        }
        String ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
        if (ascii.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException("\"%s\" is too long for a name".formatted(name));
        }
        return List.of(ascii.split("\\.", -1));
    }

    /** Whether these bytes claim to answer the question with that id. */
    static boolean answers(Buffer message, int id) {
        return message.length() >= HEADER_BYTES
                && message.getUnsignedShort(0) == id
                && (message.getByte(2) & 0x80) != 0;
    }

    /**
     * Reads an answer.
     *
     * @throws Malformed if it is not in the form of one, or answers another question
     */
    static Answer read(Buffer message, String name, DnsCall.Type type) throws Malformed {
        DnsReader in = new DnsReader(message);
        int flags = in.skipTo(2).u16();
        int questions = in.u16();
        int records = in.u16();
        int authority = in.u16();
        int additional = in.u16();
        in.skipTo(HEADER_BYTES);
        if (questions > 1) {
            throw new Malformed("an answer to %d questions".formatted(questions));
        }
        if (questions == 1) {
            String asked = String.join(".", labels(name));
            String echoed = in.name();
            if (!echoed.toLowerCase(Locale.ROOT)
                            .equals(asked.isEmpty() ? "." : asked.toLowerCase(Locale.ROOT))
                    || in.u16() != type.number()
                    || in.u16() != CLASS_IN) {
                throw new Malformed("an answer to another question");
            }
        }
        List<String> answers = new ArrayList<>();
        long minTtl = -1;
        boolean truncated = (flags & 0x0200) != 0;
        for (int i = 0; i < records && !(truncated && in.atEnd()); i++) {
            in.skipName();
            int recordType = in.u16();
            int recordClass = in.u16();
            long ttl = in.u32();
            int length = in.u16();
            int end = in.position() + length;
            if (recordType == type.number() && recordClass == CLASS_IN) {
                answers.add(data(in, type, end));
                minTtl = minTtl < 0 ? ttl : Math.min(minTtl, ttl);
            }
            in.skipTo(end);
        }
        int code = flags & 0xf;
        String rcode = code < RCODES.size() ? RCODES.get(code) : "RCODE" + code;
        return new Answer(
                rcode,
                truncated,
                answers,
                minTtl,
                new DnsAttempt.Records(
                        records, authority, additional - optRecords(in, authority, additional)));
    }

    /** The records of EDNS, which speak of the message and not of the name. */
    private static int optRecords(DnsReader in, int authority, int additional) {
        int found = 0;
        try {
            for (int i = 0; i < authority + additional && !in.atEnd(); i++) {
                in.skipName();
                found += in.u16() == TYPE_OPT && i >= authority ? 1 : 0;
                in.u16();
                in.u32();
                int length = in.u16();
                in.skipTo(in.position() + length);
            }
        } catch (Malformed e) {
            // What stands behind the answer was not asked for; only its number is told.
            return found;
        }
        return found;
    }

    private static String data(DnsReader in, DnsCall.Type type, int end) throws Malformed {
        return switch (type) {
            case A, AAAA -> address(in, type == DnsCall.Type.A ? 4 : 16, end);
            case CNAME, NS -> in.name();
            case MX -> in.u16() + " " + in.name();
            case SRV -> "%d %d %d %s".formatted(in.u16(), in.u16(), in.u16(), in.name());
            case TXT -> text(in, end);
        };
    }

    private static String address(DnsReader in, int bytes, int end) throws Malformed {
        if (end - in.position() != bytes) {
            throw new Malformed("an address of %d bytes".formatted(end - in.position()));
        }
        try {
            return InetAddress.getByAddress(in.bytes(bytes)).getHostAddress();
        } catch (UnknownHostException e) {
            throw new Malformed("an address of %d bytes".formatted(bytes));
        }
    }

    /** The strings of a TXT record, joined: a long value is several of them (RFC 7208, 3.3). */
    private static String text(DnsReader in, int end) throws Malformed {
        StringBuilder text = new StringBuilder();
        while (in.position() < end) {
            text.append(new String(in.bytes(in.u8()), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
