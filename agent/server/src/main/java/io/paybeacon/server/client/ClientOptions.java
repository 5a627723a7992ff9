package io.paybeacon.server.client;

import io.paybeacon.probe.http.Proxy;
import io.paybeacon.server.config.Connection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

/** What the configuration says of a connection, as an HTTP client takes it. */
public final class ClientOptions {
    private ClientOptions() {}

    /**
     * Options of a client whose connections serve one request each.
     *
     * @param connectMillisMax how long connecting may take
     */
    public static HttpClientOptions of(Connection connection, long connectMillisMax) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout((int) connectMillisMax)
                        .setKeepAlive(false)
                        .setVerifyHost(true);
        connection
                .tls()
                .trustedPem()
                .ifPresent(pem ->
                        options.setTrustOptions(
                                new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        connection
                .tls()
                .client()
                .ifPresent(client ->
                        options.setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .setCertValue(Buffer.buffer(client.certificatePem()))
                                        .setKeyValue(Buffer.buffer(client.keyPem().reveal()))));
        connection.proxy().ifPresent(proxy -> options.setProxyOptions(of(proxy)));
        return options;
    }

    private static ProxyOptions of(Proxy proxy) {
        ProxyOptions options =
                new ProxyOptions()
                        .setHost(proxy.host())
                        .setPort(proxy.port())
                        .setType(
                                switch (proxy.kind()) {
                                    case HTTP -> ProxyType.HTTP;
                                    case SOCKS5 -> ProxyType.SOCKS5;
                                });
        proxy.user().ifPresent(user -> options.setUsername(user.reveal()));
        proxy.password().ifPresent(password -> options.setPassword(password.reveal()));
        return options;
    }
}
