package io.paybeacon.server.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Certificates that sign themselves and their keys, made by the JDK's keytool, in PEM. */
public final class TestKeys {
    private static final char[] PASSWORD = "not-a-secret".toCharArray();

    private TestKeys() {}

    /** Writes {@code NAME.pem} and {@code NAME.key}, valid for this machine for a year. */
    public static void write(Path folder, String name) throws Exception {
        write(folder, name, "-1d", 365, "localhost");
    }

    /** The same for a host of another name. */
    public static void write(Path folder, String name, String host) throws Exception {
        write(folder, name, "-1d", 365, host);
    }

    /**
     * Writes {@code NAME.pem} and {@code NAME.key}.
     *
     * @param start when it becomes valid, as keytool writes it: {@code -30d}
     */
    public static void write(Path folder, String name, String start, int days) throws Exception {
        write(folder, name, start, days, "localhost");
    }

    private static void write(Path folder, String name, String start, int days, String host)
            throws Exception {
        Path home = Files.createTempDirectory(folder, "keys");
        Path store = home.resolve("store.p12");
        Path certificate = folder.resolve(name + ".pem");
        Files.deleteIfExists(certificate);
        keytool(
                store,
                "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=%s -ext bc=ca:true"
                                .formatted(name)
                        + " -ext san=ip:127.0.0.1,dns:%s -startdate %s -validity %d"
                                .formatted(host, start, days));
        keytool(store, "-exportcert -alias a -rfc -file " + certificate);
        Files.writeString(folder.resolve(name + ".key"), key(store));
    }

    private static String key(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getKey("a", PASSWORD).getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void keytool(Path store, String arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin/keytool");
        command.addAll(Arrays.asList(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + new String(output, StandardCharsets.UTF_8));
        }
    }
}
