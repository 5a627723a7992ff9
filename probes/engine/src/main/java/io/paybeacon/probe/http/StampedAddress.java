package io.paybeacon.probe.http;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A resolved address that carries the stamps of its attempt through Vert.x to the channel, so that
 * a failed connect has its stamps too. The name stays apart: certificate check, SNI and Host use
 * the one given to the request.
 */
record StampedAddress(InetAddress address, int port, String hostName, AttemptStamps stamps)
        implements SocketAddress {

    @Override
    public String host() {
        return hostName;
    }

    @Override
    public String hostAddress() {
        return address.getHostAddress();
    }

    @Override
    @SuppressWarnings("NullAway") // Vert.x: null for an address that is not a domain socket.
    public String path() {
        return null;
    }

    @Override
    public boolean isInetSocket() {
        return true;
    }

    @Override
    public boolean isDomainSocket() {
        return false;
    }

    /** The form in which the channel receives it. */
    Inet toInet() {
        return new Inet(this);
    }

    /** A socket address that remembers the stamps. */
    static final class Inet extends InetSocketAddress {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // Never serialised; InetSocketAddress happens to be able to.
        private final transient AttemptStamps stamps;

        Inet(StampedAddress address) {
            super(address.address(), address.port());
            this.stamps = address.stamps();
        }

        AttemptStamps stamps() {
            return stamps;
        }
    }
}
