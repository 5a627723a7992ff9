package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.probe.limits.Limits;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An accepted chain is remembered, and only as long and as far as the verdict holds. */
class ChainJudgeTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(1);

    private final Authorities authorities = new Authorities();
    private Instant now = START;
    private final ChainJudge judge = new ChainJudge(authorities, () -> now);

    private static X509Certificate[] chain(Duration validFor) {
        return TestCertificate.of("localhost", START.minus(LIFE), LIFE.plus(validFor))
                .own()
                .getCertificatePath();
    }

    private void check(X509Certificate[] chain, String host) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, 443);
        judge.checkServerTrusted(chain, "UNKNOWN", engine);
    }

    @Test
    @DisplayName("The same chain for the same name is verified once")
    void accepted_again() throws Exception {
        X509Certificate[] chain = chain(LIFE);
        check(chain, "localhost");
        check(chain.clone(), "localhost");
        assertThat(authorities.asked).isEqualTo(1);
    }

    @Test
    @DisplayName("Another name, and another chain, are verified for themselves")
    void accepted_somethingElse() throws Exception {
        X509Certificate[] chain = chain(LIFE);
        check(chain, "localhost");
        check(chain, "other.test");
        check(chain(LIFE), "localhost");
        assertThat(authorities.asked).isEqualTo(3);
    }

    @Test
    @DisplayName("A verdict is forgotten after its time")
    void accepted_longAgo() throws Exception {
        X509Certificate[] chain = chain(LIFE);
        check(chain, "localhost");
        now = START.plus(Limits.CHAIN_ACCEPTED_TIME);
        check(chain, "localhost");
        assertThat(authorities.asked).isEqualTo(1);
        now = now.plusMillis(1);
        check(chain, "localhost");
        assertThat(authorities.asked).isEqualTo(2);
    }

    @Test
    @DisplayName("A certificate that expires meanwhile is refused at once")
    void accepted_expiredMeanwhile() throws Exception {
        X509Certificate[] chain = chain(Duration.ofSeconds(60));
        check(chain, "localhost");
        authorities.refuses = true;
        now = START.plusSeconds(61);
        assertThatThrownBy(() -> check(chain, "localhost")).isInstanceOf(RefusedCertificate.class);
    }

    @Test
    @DisplayName("A clock that was set back makes no verdict older")
    void accepted_beforeItWas() throws Exception {
        X509Certificate[] chain = chain(LIFE);
        check(chain, "localhost");
        now = START.minusSeconds(1);
        check(chain, "localhost");
        assertThat(authorities.asked).isEqualTo(2);
    }

    @Test
    @DisplayName("A refusal is never remembered")
    void refused_again() throws Exception {
        X509Certificate[] chain = chain(LIFE);
        authorities.refuses = true;
        assertThatThrownBy(() -> check(chain, "localhost")).isInstanceOf(RefusedCertificate.class);
        authorities.refuses = false;
        check(chain, "localhost");
        authorities.refuses = true;
        check(chain, "localhost");
        assertThat(authorities.asked).isEqualTo(2);
    }

    /** Accepts or refuses what it is told to, and counts. */
    private static final class Authorities extends X509ExtendedTrustManager {
        private int asked;
        private boolean refuses;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            asked++;
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws CertificateException {
            if (refuses) {
                throw new CertificateException("refused");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
