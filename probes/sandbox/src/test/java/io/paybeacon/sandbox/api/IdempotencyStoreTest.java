package io.paybeacon.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class IdempotencyStoreTest {
    private final IdempotencyStore store = new IdempotencyStore();

    @Test
    void key_ofAnotherEndpointOrOtherContent_isRefused() {
        store.claim(key("k"));
        store.finish(key("k"), new Answer(200, new JsonObject(), true));
        assertThat(store.claim(new IdempotencyKey("k", "k", "/v1/y", "f")))
                .isEqualTo(
                        new IdempotencyStore.Claim.Refused(
                                new ApiProblem.KeyOfOtherEndpoint("k", "/v1/y", "/v1/x")));
        assertThat(store.claim(new IdempotencyKey("k", "k", "/v1/x", "g")))
                .isEqualTo(
                        new IdempotencyStore.Claim.Refused(new ApiProblem.KeyOfOtherContent("k")));
    }

    @Test
    void store_isBoundedAndKeepsUnfinishedKeys() {
        store.claim(key("open"));
        for (int i = 0; i < 20_050; i++) {
            store.claim(key("k" + i));
            store.finish(key("k" + i), new Answer(200, new JsonObject(), true));
        }
        assertThat(store.claim(key("open")))
                .isEqualTo(new IdempotencyStore.Claim.Refused(new ApiProblem.KeyInUse("open")));
        assertThat(store.claim(key("k0"))).isInstanceOf(IdempotencyStore.Claim.Fresh.class);
        assertThat(store.claim(key("k20049"))).isInstanceOf(IdempotencyStore.Claim.Replay.class);
    }

    private static IdempotencyKey key(String text) {
        return new IdempotencyKey(text, text, "/v1/x", "f");
    }
}
