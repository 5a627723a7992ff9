package io.paybeacon.server.blackbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scrape names as its target: a URL, or a host with a port, or a host alone.
 *
 * @param tls whether a URL says so
 * @param host a name or a literal address, without brackets
 * @param port the one that is named; -1 when none is
 * @param path with its query; {@code /} when none is named
 */
record Target(boolean tls, String host, int port, String path) {
    /** Characters of a target. */
    static final int CHARS_MAX = 2_048;

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private static final Pattern HOST_PORT =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^/\\s:@\\[\\]?#]+))(?::([0-9]{1,5}))?");

    /** Reads a URL; without a scheme it is http, as with the exporter. */
    static Optional<Target> url(String text) {
        String full = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(full);
            String scheme = String.valueOf(uri.getScheme());
            String host = uri.getHost();
            boolean known = scheme.equals("http") || scheme.equals("https");
            if (!known || host == null || uri.getRawUserInfo() != null || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            boolean tls = scheme.equals("https");
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            return Optional.of(new Target(tls, bare(host), port, path + query));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Reads a host with a port, or a host alone. */
    static Optional<Target> hostPort(String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        int port = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
        return port == 0 || port > 65_535
                ? Optional.empty()
                : Optional.of(new Target(false, host, port, "/"));
    }

    /** Whether a host is a literal address. */
    static boolean isAddress(String host) {
        return LITERAL.matcher(host).matches();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port, or this one when none is named. */
    int portOr(int standard) {
        return port < 0 ? standard : port;
    }

    /** As it stands in a Host header or a URL. */
    String origin() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (tls ? "https://" : "http://") + name + ":" + port;
    }
}
