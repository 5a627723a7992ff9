package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.secret.Secret;
import java.util.Optional;

/**
 * A proxy between the agent and a gateway. It is told the target's name, never its address.
 *
 * @param kind what it speaks
 * @param host its name or literal address
 * @param port its TCP port
 * @param user user name; empty when it asks for none
 * @param password password; only with a user name
 */
public record Proxy(
        Kind kind, String host, int port, Optional<Secret> user, Optional<Secret> password) {

    /** What a proxy speaks. */
    public enum Kind {
        /** HTTP: CONNECT for TLS and HTTP/2, an absolute target for plain HTTP/1.1. */
        HTTP,
        /** SOCKS version 5, RFC 1928 and RFC 1929. */
        SOCKS5
    }

    public Proxy {
        requireNonNull(kind, "kind is null");
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not from 1 to 65535");
        }
        if (password.isPresent() && user.isEmpty()) {
            throw new IllegalArgumentException("A proxy password needs a user");
        }
    }
}
