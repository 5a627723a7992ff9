package io.paybeacon.gateways.paypal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A key with a certificate of its own, made by the JDK's keytool when the tests run. */
record TestKeys(PrivateKey privateKey, X509Certificate certificate) {
    private static final String PASSWORD = "for-this-test-run";

    /** Makes a key whose certificate is good for 30 days around a moment. */
    static TestKeys make(Path directory, String alias, Instant around)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve(alias + ".p12");
        String from =
                DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneOffset.systemDefault())
                        .format(around.minusSeconds(10 * 86_400));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                alias,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-startdate",
                                from,
                                "-validity",
                                "30",
                                "-dname",
                                "CN=messages.test")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(alias + ".txt").toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(
                    "keytool: " + Files.readString(directory.resolve(alias + ".txt")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestKeys(
                (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()),
                (X509Certificate) keys.getCertificate(alias));
    }
}
