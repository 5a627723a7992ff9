package io.paybeacon.probe.run;

import io.paybeacon.probe.http.HttpCall;
import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port (RFC 6454): to what is not of the same origin no secret is sent.
 *
 * @param tls whether it is https
 * @param host in lower case, without brackets
 * @param port TCP port
 */
record Origin(boolean tls, String host, int port) {

    /**
     * The origin of a URL.
     *
     * @throws IllegalArgumentException if it is no http or https URL with a host, or names a user
     */
    static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("it is not an http or https URL with a host");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URL with a user is not followed");
        }
        boolean tls = scheme.equals("https");
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port %d is none".formatted(port));
        }
        return new Origin(tls, bare.toLowerCase(Locale.ROOT), port);
    }

    /** The origin to which a call goes. */
    static Origin of(HttpCall call) {
        return new Origin(call.tls(), call.host().toLowerCase(Locale.ROOT), call.port());
    }

    /** Its beginning of a URL. */
    String uriText() {
        String inUrl = host.contains(":") ? "[" + host + "]" : host;
        return "%s://%s:%d".formatted(tls ? "https" : "http", inUrl, port);
    }

    @Override
    public String toString() {
        return uriText();
    }
}
