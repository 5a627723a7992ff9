package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void loopback_isAllowed(String host) {
        assertThatNoException().isThrownBy(() -> ListenAddress.check(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1"})
    void address_thatOtherMachinesReach_isRefused_withTheRemedy(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.check(host))
                .withMessageContaining("token and TLS")
                .withMessageContaining("127.0.0.1");
    }

    @Test
    void name_thatIsNoAddress_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.check("no such host"))
                .withMessageContaining("no such host");
    }
}
