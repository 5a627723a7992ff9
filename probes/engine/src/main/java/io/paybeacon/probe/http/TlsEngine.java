package io.paybeacon.probe.http;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** What makes the TLS handshakes. Both judge certificates by the same rules, those of the JDK. */
public enum TlsEngine {
    /** BoringSSL, through netty-tcnative: a third to a half of the CPU time of the JDK's. */
    BORINGSSL(SslProvider.OPENSSL),
    /** The JDK's own. */
    JDK(SslProvider.JDK);

    private final SslProvider provider;

    TlsEngine(SslProvider provider) {
        this.provider = provider;
    }

    /** BoringSSL where its native library loads, else the JDK's. */
    public static TlsEngine best() {
        return OpenSsl.isAvailable() ? BORINGSSL : JDK;
    }

    SslProvider provider() {
        return provider;
    }
}
