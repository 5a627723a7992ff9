package io.paybeacon.probe.http;

import static io.paybeacon.probe.http.AttemptStamps.happened;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says why an attempt failed, from how far it came and what was thrown. How far it came decides
 * first: the same closed connection means one thing during a handshake and another after a head.
 */
final class FailureClassifier {

    private static final int CAUSES_MAX = 16;

    /**
     * A TLS alert as the engines write it: {@code Received fatal alert: bad_certificate} the JDK,
     * {@code SSLV3_ALERT_BAD_CERTIFICATE} and the like BoringSSL.
     */
    private static final Pattern ALERT =
            Pattern.compile(
                    "received (?:fatal|close_notify|warning) alert: (\\w+)"
                            + "|(?:tlsv1|tlsv13|sslv3|ssl)_alert_(\\w+)");

    /** Alerts that are about versions and ciphers (RFC 8446, section 6.2). */
    private static final Set<String> VERSION_ALERTS =
            Set.of("protocol_version", "insufficient_security", "inappropriate_fallback");

    /** What the engines say when they themselves find the peer's version unfit. */
    private static final Set<String> VERSION_WORDS =
            Set.of(
                    "unsupported_protocol",
                    "wrong_version_number",
                    "selected protocol version",
                    "no appropriate protocol");

    private FailureClassifier() {}

    static Failure classify(AttemptStamps stamps, Throwable thrown) {
        if (inProxy(stamps)) {
            return new Failure(
                    ProbeReason.PROXY,
                    stamps.deadlinePassed
                            ? "no tunnel through the proxy in time"
                            : "no tunnel through the proxy: " + describe(thrown));
        }
        if (stamps.tooLarge || cause(thrown, TooLongFrameException.class) != null) {
            return new Failure(
                    ProbeReason.TOO_LARGE, "the response is larger than the step allows");
        }
        if (stamps.deadlinePassed) {
            return onDeadline(stamps);
        }
        AttemptException plain = cause(thrown, AttemptException.class);
        return plain == null
                ? new Failure(reason(stamps, thrown), describe(thrown))
                : new Failure(plain.reason(), describe(plain));
    }

    private static boolean inProxy(AttemptStamps stamps) {
        return stamps.proxied && !stamps.warm && !happened(stamps.tunnelled);
    }

    private static boolean inTls(AttemptStamps stamps) {
        return happened(stamps.tlsStarted) && !happened(stamps.handshaken);
    }

    private static Failure onDeadline(AttemptStamps stamps) {
        if (!stamps.warm && !happened(stamps.connectStarted)) {
            return new Failure(ProbeReason.DNS, "the name server did not answer in time");
        }
        if (!stamps.warm && !happened(stamps.connected)) {
            return new Failure(ProbeReason.CONNECT_TIMEOUT, "no connection in time");
        }
        if (inTls(stamps)) {
            return new Failure(ProbeReason.TLS_TIMEOUT, "the handshake did not end in time");
        }
        if (happened(stamps.settingsStarted) && !happened(stamps.settings)) {
            return new Failure(
                    ProbeReason.TTFB_TIMEOUT, "the peer sent no HTTP/2 settings in time");
        }
        if (happened(stamps.firstRead)) {
            return new Failure(ProbeReason.BODY_TIMEOUT, "the response did not end in time");
        }
        if (happened(stamps.writeStarted) && !happened(stamps.written)) {
            return new Failure(ProbeReason.WRITE, "the request was not taken in time");
        }
        return new Failure(ProbeReason.TTFB_TIMEOUT, "no response in time");
    }

    private static ProbeReason reason(AttemptStamps stamps, Throwable thrown) {
        if (!stamps.warm && !happened(stamps.connectStarted)) {
            return ProbeReason.DNS;
        }
        if (!stamps.warm && !happened(stamps.connected)) {
            return connectReason(thrown);
        }
        if (inTls(stamps)) {
            return tlsReason(thrown);
        }
        return exchangeReason(stamps, thrown);
    }

    private static ProbeReason connectReason(Throwable thrown) {
        if (cause(thrown, NoRouteToHostException.class) != null) {
            return ProbeReason.CONNECT_OTHER;
        }
        ConnectException refused = cause(thrown, ConnectException.class);
        if (refused != null && message(refused).contains("refused")) {
            return ProbeReason.CONNECT_REFUSED;
        }
        if (isReset(thrown)) {
            // It was accepted and reset before this side had looked.
            return ProbeReason.RESET;
        }
        return message(thrown).contains("timed out")
                ? ProbeReason.CONNECT_TIMEOUT
                : ProbeReason.CONNECT_OTHER;
    }

    private static ProbeReason tlsReason(Throwable thrown) {
        RefusedCertificate refused = cause(thrown, RefusedCertificate.class);
        if (refused != null) {
            return refused.reason();
        }
        String alert = alert(thrown);
        if (alert.equals("no_application_protocol")) {
            return ProbeReason.PROTOCOL;
        }
        String message = message(root(thrown));
        return VERSION_ALERTS.contains(alert) || VERSION_WORDS.stream().anyMatch(message::contains)
                ? ProbeReason.TLS_VERSION
                : ProbeReason.TLS_OTHER;
    }

    private static ProbeReason exchangeReason(AttemptStamps stamps, Throwable thrown) {
        if (cause(thrown, SSLException.class) != null) {
            // A server of TLS 1.3 refuses the client's certificate after the handshake.
            return ProbeReason.TLS_OTHER;
        }
        if (cause(thrown, SocketException.class) != null || isReset(thrown)) {
            return ProbeReason.RESET;
        }
        if (cause(thrown, ClosedChannelException.class) != null
                || cause(thrown, PrematureChannelClosureException.class) != null) {
            return ProbeReason.CLOSED;
        }
        Http2Exception http2 = cause(thrown, Http2Exception.class);
        if (http2 != null) {
            return http2 instanceof Http2Exception.HeaderListSizeException
                            || message(http2).contains("header size exceeded")
                    ? ProbeReason.TOO_LARGE
                    : ProbeReason.PROTOCOL;
        }
        if (cause(thrown, DecoderException.class) != null) {
            return ProbeReason.PROTOCOL;
        }
        return happened(stamps.writeStarted) && !happened(stamps.written)
                ? ProbeReason.WRITE
                : ProbeReason.PROTOCOL;
    }

    /** NIO throws plain IOExceptions for what the kernel reports. */
    private static boolean isReset(Throwable thrown) {
        IOException io = cause(thrown, IOException.class);
        return io != null
                && (message(io).contains("connection reset")
                        || message(io).contains("broken pipe"));
    }

    static String describe(Throwable thrown) {
        String alert = alert(thrown);
        if (!alert.isEmpty()) {
            return "the peer sent the TLS alert " + alert;
        }
        Throwable root = root(thrown);
        if (root instanceof ClosedChannelException) {
            return "the peer closed the connection";
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    /** The name of the alert that the peer sent, empty when it sent none. */
    private static String alert(Throwable thrown) {
        SSLException tls = cause(thrown, SSLException.class);
        if (tls == null) {
            return "";
        }
        Matcher matcher = ALERT.matcher(message(tls));
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < CAUSES_MAX; i++) {
            Throwable next = root.getCause();
            if (next == null) {
                return root;
            }
            root = next;
        }
        return root;
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }

    static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        Throwable current = thrown;
        for (int i = 0; i < CAUSES_MAX && current != null; i++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
