package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;

/**
 * A certificate with its chain and its private key, in PEM; they belong together.
 *
 * @param certificatePem the certificate first, then its chain
 * @param keyPem PKCS#8, not encrypted
 */
public record KeyPairPem(String certificatePem, Secret keyPem) {}
