package io.paybeacon.probe.http;

import static io.paybeacon.probe.http.AttemptStamps.happened;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says why an attempt failed, from how far it came and what was thrown. How far it came decides
 * first: the same closed connection means one thing during a handshake and another after a head.
 */
final class FailureClassifier {

    private static final int CAUSES_MAX = 16;

    private FailureClassifier() {}

    static Failure classify(AttemptStamps stamps, Throwable thrown) {
        if (stamps.tooLarge || cause(thrown, TooLongFrameException.class) != null) {
            return new Failure(
                    ProbeReason.TOO_LARGE, "the response is larger than the step allows");
        }
        if (stamps.deadlinePassed) {
            return onDeadline(stamps);
        }
        return new Failure(reason(stamps, thrown), describe(thrown));
    }

    private static Failure onDeadline(AttemptStamps stamps) {
        if (!happened(stamps.connectStarted)) {
            return new Failure(ProbeReason.DNS, "the name server did not answer in time");
        }
        if (!happened(stamps.connected)) {
            return new Failure(ProbeReason.CONNECT_TIMEOUT, "no connection in time");
        }
        if (stamps.usesTls && !happened(stamps.handshaken)) {
            return new Failure(ProbeReason.TLS_TIMEOUT, "the handshake did not end in time");
        }
        if (happened(stamps.firstRead)) {
            return new Failure(ProbeReason.BODY_TIMEOUT, "the response did not end in time");
        }
        if (!happened(stamps.written)) {
            return new Failure(ProbeReason.WRITE, "the request was not taken in time");
        }
        return new Failure(ProbeReason.TTFB_TIMEOUT, "no response in time");
    }

    private static ProbeReason reason(AttemptStamps stamps, Throwable thrown) {
        if (!happened(stamps.connectStarted)) {
            return ProbeReason.DNS;
        }
        if (!happened(stamps.connected)) {
            return connectReason(thrown);
        }
        if (stamps.usesTls && !happened(stamps.handshaken)) {
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
        return message(thrown).contains("timed out")
                ? ProbeReason.CONNECT_TIMEOUT
                : ProbeReason.CONNECT_OTHER;
    }

    private static ProbeReason tlsReason(Throwable thrown) {
        if (cause(thrown, CertificateExpiredException.class) != null
                || cause(thrown, CertificateNotYetValidException.class) != null) {
            return ProbeReason.TLS_EXPIRED;
        }
        CertificateException certificate = cause(thrown, CertificateException.class);
        if (certificate != null) {
            // The JDK has no type of its own for a wrong name (sun.security.util.HostnameChecker).
            String message = message(certificate);
            if (message.contains("subject alternative") || message.contains("no name matching")) {
                return ProbeReason.TLS_NAME;
            }
        }
        return ProbeReason.TLS_OTHER;
    }

    private static ProbeReason exchangeReason(AttemptStamps stamps, Throwable thrown) {
        SocketException socket = cause(thrown, SocketException.class);
        if (socket != null || message(thrown).contains("connection reset")) {
            return ProbeReason.RESET;
        }
        if (cause(thrown, HttpClosedException.class) != null
                || thrown.getClass().getSimpleName().startsWith("PrematureChannelClosure")) {
            return ProbeReason.CLOSED;
        }
        if (cause(thrown, DecoderException.class) != null
                || cause(thrown, IllegalArgumentException.class) != null) {
            return ProbeReason.PROTOCOL;
        }
        if (cause(thrown, IOException.class) != null
                && cause(thrown, SSLException.class) == null
                && message(thrown).contains("broken pipe")) {
            return ProbeReason.RESET;
        }
        return happened(stamps.writeStarted) && !happened(stamps.written)
                ? ProbeReason.WRITE
                : ProbeReason.PROTOCOL;
    }

    private static String describe(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
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
