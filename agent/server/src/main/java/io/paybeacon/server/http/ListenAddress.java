package io.paybeacon.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Decides where the door may listen. */
final class ListenAddress {
    private ListenAddress() {}

    /**
     * Refuses every address that other machines can reach, for a door without token and TLS. May
     * block on name resolution.
     *
     * @throws IllegalArgumentException if it is refused, with the remedy
     */
    static void check(String host) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "The listen host " + host + " is no name or address of this machine.", e);
        }
        for (InetAddress address : addresses) {
            if (!address.isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "The listen host "
                                + host
                                + " can be reached from other machines. That needs a token and TLS:"
                                + " configure both, or listen on 127.0.0.1 behind a proxy that has"
                                + " them.");
            }
        }
    }
}
