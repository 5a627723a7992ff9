package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.limits.Limits;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    @DisplayName("Attempts are made, and they pass, so that they take the ways real ones take")
    void run_passes(TlsEngine engine) throws Exception {
        try (WireBench bench = new WireBench(engine)) {
            WarmUp.Result result =
                    WarmUp.run(bench.vertx, bench.dialer, Duration.ofMinutes(1))
                            .await(2, TimeUnit.MINUTES);
            assertThat(result.attempts()).isEqualTo(Limits.WARM_UP_ATTEMPTS);
            assertThat(result.passed()).isEqualTo(Limits.WARM_UP_ATTEMPTS);
        }
    }

    @Test
    @DisplayName("When its time is over it ends, with one attempt of each lane")
    void run_outOfTime() throws Exception {
        try (WireBench bench = new WireBench()) {
            WarmUp.Result result =
                    WarmUp.run(bench.vertx, bench.dialer, Duration.ofNanos(1))
                            .await(2, TimeUnit.MINUTES);
            assertThat(result.attempts()).isEqualTo(Limits.WARM_UP_LANES);
        }
    }

    @Test
    @DisplayName("The certificate is one that the JDK reads, for localhost, signed by itself")
    void create_certificate() throws Exception {
        LoopbackCertificate certificate = LoopbackCertificate.create();
        byte[] pem = certificate.certificatePem().getBytes(StandardCharsets.US_ASCII);
        X509Certificate x509 =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(pem));
        x509.verify(x509.getPublicKey());
        x509.checkValidity();
        assertThat(x509.getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
        assertThat(certificate.toString()).doesNotContain("PRIVATE");
    }
}
