package io.paybeacon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsPageTest {
    private static final String COMMAND =
            "java -cp agent/core/target/classes:agent/telemetry/target/classes"
                    + " io.paybeacon.telemetry.MetricsPage docs/metrics.md";

    @Test
    void committedPage_isTheOneThatTheCatalogueMakes() throws IOException {
        Path page = Path.of("../../docs/metrics.md");

        assertThat(page).as("write it with: %s", COMMAND).exists();
        assertThat(Files.readString(page))
                .as("docs/metrics.md differs from the catalogue; write it anew with: %s", COMMAND)
                .isEqualTo(MetricsPage.text(new MetricCatalog()));
    }

    @Test
    void main_writesThePage(@TempDir Path directory) throws IOException {
        Path page = directory.resolve("metrics.md");

        MetricsPage.main(new String[] {page.toString()});

        assertThat(page)
                .content()
                .contains("## `paybeacon_payment_captured_minor_units_total`")
                .contains("- Buckets (seconds): 0.05, 0.1, 0.25");
    }
}
