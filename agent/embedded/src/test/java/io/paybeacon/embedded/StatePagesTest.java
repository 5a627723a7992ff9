package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All states of a stage, page by page, wherever they are. */
class StatePagesTest {
    @TempDir Path directory;
    private EngineFixture fixture;
    private int told;

    @BeforeEach
    void start() throws IOException {
        fixture = new EngineFixture(directory, options -> options);
        fixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void everyKey_isOnOnePage_inMemoryInTheColdStoreAndInBoth() throws IOException {
        add("a", "c", "e", "\u00e4", "\ud83d\ude00", "\uffee");
        assertThat(pages(2)).containsExactly("a", "c", "e", "\u00e4", "\uffee", "\ud83d\ude00");

        // The start reads nothing but the cold store; what is told then is in memory alone.
        fixture.start();
        assertThat(pages(1)).containsExactly("a", "c", "e", "\u00e4", "\uffee", "\ud83d\ude00");
        add("b", "c", "d", "z");

        for (int keysMax = 1; keysMax <= 12; keysMax++) {
            assertThat(pages(keysMax))
                    .as("pages of %d", keysMax)
                    .containsExactly(
                            "a", "b", "c", "d", "e", "z", "\u00e4", "\uffee", "\ud83d\ude00");
        }
        assertThat(page("", 100).get(Toys.key("c")).seen()).hasSize(2);
    }

    @Test
    void stageWithoutStates_hasAnEmptyPage() {
        assertThat(page("", 10)).isEmpty();
    }

    @Test
    void stageThatThereIsNot_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.engine().states("nothing", "", 1, Item.class));
    }

    @Test
    void closedEngine_saysSo() {
        EmbeddedEngine engine = fixture.engine();
        fixture.stop();

        assertThatThrownBy(() -> engine.states(Toys.ITEM, "", 1, Item.class).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EngineStoppedException.class);
    }

    private void add(String... names) {
        for (String name : names) {
            fixture.accept(tell("e" + ++told, name, "add"));
        }
    }

    private List<String> pages(int keysMax) {
        List<String> keys = new ArrayList<>();
        String after = "";
        while (true) {
            SequencedMap<String, Item> page = page(after, keysMax);
            keys.addAll(page.keySet());
            if (page.size() < keysMax) {
                return keys.stream().map(key -> key.substring(Toys.key("").length())).toList();
            }
            after = page.lastEntry().getKey();
        }
    }

    private SequencedMap<String, Item> page(String after, int keysMax) {
        return EngineFixture.await(fixture.engine().states(Toys.ITEM, after, keysMax, Item.class));
    }
}
