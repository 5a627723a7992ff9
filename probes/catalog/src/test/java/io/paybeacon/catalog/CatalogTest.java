package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {

    static List<String> names() {
        return Catalog.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("Every shipped plan is read without a mistake")
    void open_everyPlan(String name) {
        PlanReading reading = PlanReader.read(Catalog.fileName(name), Catalog.open(name));
        assertThat(reading).as("%s", reading).isInstanceOf(PlanReading.Accepted.class);
    }

    @Test
    @DisplayName("Every plan file is listed")
    void names_everyFile() throws IOException, URISyntaxException {
        URL root = Catalog.class.getResource("stripe/card-capture-refund.yaml");
        assertThat(root).isNotNull();
        Path folder = Path.of(root.toURI()).getParent().getParent();
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> found =
                    files.filter(file -> file.toString().endsWith(".yaml"))
                            .map(file -> folder.relativize(file).toString())
                            .map(file -> file.substring(0, file.length() - ".yaml".length()))
                            .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(Catalog.names());
        }
    }

    @Test
    void open_unknownName() {
        assertThatThrownBy(() -> Catalog.open("stripe/card-capture"))
                .hasMessageContaining("There is no shipped plan \"stripe/card-capture\"; there are")
                .hasMessageContaining("stripe/card-capture-refund");
    }
}
