package io.paybeacon.probe.http;

/** The version of HTTP that an attempt speaks. It is never negotiated down. */
public enum Protocol {
    /** HTTP/1.1, RFC 9112, over TCP or TLS. */
    HTTP_1_1,
    /** HTTP/2, RFC 9113, over TLS, agreed on by ALPN. */
    HTTP_2,
    /** HTTP/2 over plain TCP with prior knowledge (RFC 9113, section 3.3). */
    H2C
}
