package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.secret.Secret;

/**
 * The certificate with which the agent shows who it is (mutual TLS).
 *
 * @param certificatePem the certificate and the chain above it, in PEM
 * @param keyPem its private key, PKCS 8 in PEM, without a passphrase
 */
public record ClientCertificate(String certificatePem, Secret keyPem) {

    public ClientCertificate {
        requireNonNull(certificatePem, "certificatePem is null");
        requireNonNull(keyPem, "keyPem is null");
    }
}
