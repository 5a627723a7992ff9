package io.paybeacon.server.config;

import io.paybeacon.probe.http.ClientCertificate;
import io.paybeacon.probe.http.Proxy;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.Certificates.BadPem;
import io.paybeacon.server.config.schema.CommonKeys;
import io.paybeacon.server.config.schema.Shape.Group;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how a server is reached: trust, client certificate, proxy; and the agent's own keys. */
final class ConnectionReader {
    private final ReadingContext context;

    ConnectionReader(ReadingContext context) {
        this.context = context;
    }

    Connection read(Fields fields) {
        Optional<ClientCertificate> client =
                fields.node("clientCertificate")
                        .flatMap(node ->
                                keyPair(
                                        node,
                                        fields.path("clientCertificate"),
                                        CommonKeys.KEY_PAIR))
                        .map(pair -> new ClientCertificate(pair.certificatePem(), pair.keyPem()));
        return new Connection(
                new TlsProfile(trust(fields), client, Set.of()),
                fields.node("proxy").flatMap(node -> proxy(node, fields.path("proxy"))));
    }

    /** The certificates that a key names, in PEM; empty, with a problem added, when it is wrong. */
    Optional<String> trust(Fields fields) {
        YamlNode node = fields.node("trust").orElse(null);
        String name = fields.optionalText("trust", "name a file of certificates").orElse(null);
        if (node == null || name == null) {
            return Optional.empty();
        }
        if (name.startsWith("-----BEGIN")) {
            fields.problem("trust", "certificates stand here; put them into a file and name it");
            return Optional.empty();
        }
        String pem =
                SecretReferences.isReference(name)
                        ? context.follow(node, fields.path("trust"), Certificates.PEM_BYTES_MAX)
                        : file(fields, name);
        if (pem == null) {
            return Optional.empty();
        }
        try {
            Certificates.read(pem, context.now());
            return Optional.of(pem);
        } catch (BadPem e) {
            fields.problem("trust", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private @Nullable String file(Fields fields, String name) {
        Path file = context.resolve(name);
        try {
            return context.readText(file, Certificates.PEM_BYTES_MAX);
        } catch (IOException e) {
            fields.problem(
                    "trust",
                    "the file %s cannot be read (%s); name another"
                            .formatted(file, ReadingContext.why(e)));
            return null;
        }
    }

    /** A certificate and its key, or nothing with a problem added. */
    Optional<KeyPairPem> keyPair(YamlNode node, String where, Group group) {
        Fields fields = context.fields(node, where, group);
        String certificate = pem(fields, "certificate");
        String key = pem(fields, "key");
        if (certificate == null || key == null) {
            return Optional.empty();
        }
        List<X509Certificate> chain;
        try {
            chain = Certificates.read(certificate, context.now());
        } catch (BadPem e) {
            fields.problem("certificate", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        try {
            PrivateKey privateKey = Certificates.privateKey(key);
            Certificates.checkPair(chain.getFirst(), privateKey);
        } catch (BadPem e) {
            fields.problem("key", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        return Optional.of(new KeyPairPem(certificate, Secret.ofLines(key)));
    }

    private @Nullable String pem(Fields fields, String key) {
        YamlNode node = fields.node(key).orElse(null);
        if (node == null) {
            fields.missing(key, "write ${file:path} of a file in PEM");
            return null;
        }
        return context.follow(node, fields.path(key), Certificates.PEM_BYTES_MAX);
    }

    private Optional<Proxy> proxy(YamlNode node, String where) {
        Fields fields = context.fields(node, where, CommonKeys.PROXY);
        Optional<Login> login = context.login(fields);
        URI url = proxyUrl(fields);
        if (url == null) {
            return Optional.empty();
        }
        String host = url.getHost();
        return Optional.of(
                new Proxy(
                        Proxy.Kind.valueOf(url.getScheme().toUpperCase(Locale.ROOT)),
                        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                        url.getPort(),
                        login.map(Login::user),
                        login.map(Login::password)));
    }

    private static @Nullable URI proxyUrl(Fields fields) {
        String remedy = "write http://host:port or socks5://host:port";
        String text = fields.text("url", remedy);
        if (text.isEmpty()) {
            return null;
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            url = URI.create("");
        }
        if (url.getRawUserInfo() != null) {
            fields.problem(
                    "url",
                    "a user or password stands in the URL; write them as references under user and"
                            + " password");
            return null;
        }
        boolean proxy = "http".equals(url.getScheme()) || "socks5".equals(url.getScheme());
        boolean bare = url.getRawPath() == null || url.getRawPath().matches("/?");
        if (!proxy || url.getHost() == null || !bare || url.getRawQuery() != null) {
            fields.problem("url", "it is not the address of a proxy; " + remedy);
            return null;
        }
        if (url.getPort() < 1 || url.getPort() > 65_535) {
            fields.problem("url", "it has no port from 1 to 65535; " + remedy);
            return null;
        }
        return url;
    }
}
