package io.paybeacon.probe.http;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A certificate with its authority, made by the JDK's keytool.
 *
 * @param keyStore PKCS 12 with the key and the chain
 * @param authorityPem certificate of the authority that signed it
 */
record TestCertificate(Path keyStore, String authorityPem) {

    static final String PASSWORD = "not-a-secret";

    /**
     * A certificate signed by an authority of its own.
     *
     * @param start when it becomes valid, as keytool writes it: {@code -30d}
     */
    static TestCertificate create(Path folder, String dnsName, String start, int days)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(folder, "certificate");
        Path authority = home.resolve("authority.p12");
        Path store = home.resolve("server.p12");
        Path request = home.resolve("request.pem");
        Path signed = home.resolve("signed.pem");
        Path authorityPem = home.resolve("authority.pem");
        keytool(
                authority,
                "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=authority"
                        + " -ext bc=ca:true -startdate -90d -validity 365");
        keytool(authority, "-exportcert -alias a -rfc -file " + authorityPem);
        keytool(store, "-genkeypair -alias s -keyalg EC -groupname secp256r1 -dname CN=server");
        keytool(store, "-certreq -alias s -file " + request);
        keytool(
                authority,
                "-gencert -alias a -rfc -ext san=dns:%s -startdate %s -validity %d -infile %s"
                                .formatted(dnsName, start, days, request)
                        + " -outfile "
                        + signed);
        keytool(store, "-importcert -noprompt -alias a -file " + authorityPem);
        keytool(store, "-importcert -noprompt -alias s -file " + signed);
        keytool(store, "-delete -alias a");
        return new TestCertificate(store, Files.readString(authorityPem));
    }

    private static void keytool(Path store, String arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin/keytool");
        command.addAll(Arrays.asList(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + new String(output, StandardCharsets.UTF_8));
        }
    }
}
