package io.paybeacon.probe.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A certificate for {@code localhost} that signed itself, with a key that exists only here and only
 * while the agent warms up. The JDK has no public way to make one (RFC 5280, section 4.1).
 *
 * @param certificatePem the certificate
 * @param keyPem its key, PKCS 8
 */
record LoopbackCertificate(String certificatePem, String keyPem) {

    private static final String NAME = "localhost";
    private static final int LINE_CHARS = 64;
    private static final int LONG_LENGTH = 0x80;

    /** DER tags (X.690). */
    private static final int INTEGER = 0x02;

    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_3 = 0xa3;

    /** The kind dNSName in subjectAltName. */
    private static final int DNS_NAME = 0x82;

    /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
    private static final byte[] ECDSA_SHA256 = {
        0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
    };

    /** commonName, 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x55, 4, 3};

    /** subjectAltName, 2.5.29.17. */
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11};

    /** Makes a key and its certificate. Takes milliseconds: not for an event loop. */
    static LoopbackCertificate create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] algorithm = der(SEQUENCE, der(OID, ECDSA_SHA256));
        byte[] body = body(algorithm, pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        byte[] certificate =
                der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[] {0}, signature.sign()));
        return new LoopbackCertificate(
                pem("CERTIFICATE", certificate),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static byte[] body(byte[] algorithm, byte[] publicKey) {
        byte[] text = NAME.getBytes(StandardCharsets.US_ASCII);
        byte[] name =
                der(
                        SEQUENCE,
                        der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8_STRING, text))));
        byte[] names = der(OCTET_STRING, der(SEQUENCE, der(DNS_NAME, text)));
        return der(
                SEQUENCE,
                der(CONTEXT_0, der(INTEGER, new byte[] {2})),
                der(INTEGER, new byte[] {1}),
                algorithm,
                name,
                der(SEQUENCE, time("000101000000Z"), time("491231235959Z")),
                name,
                publicKey,
                der(CONTEXT_3, der(SEQUENCE, der(SEQUENCE, der(OID, SUBJECT_ALT_NAME), names))));
    }

    private static byte[] time(String utc) {
        return der(UTC_TIME, utc.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < LONG_LENGTH) {
            out.write(length);
        } else if (length >>> Byte.SIZE == 0) {
            out.write(LONG_LENGTH | 1);
            out.write(length);
        } else {
            out.write(LONG_LENGTH | 2);
            out.write(length >>> Byte.SIZE);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label);
    }

    @Override
    public String toString() {
        return "certificate of " + NAME;
    }
}
