package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.server.SandboxWorld;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Set-ups that are wrong: a check of them never passes, says why, and its reports agree. */
class BrokenSetupsTest {
    @TempDir static Path sandboxDirectory;
    @TempDir Path directory;
    private static SandboxWorld world;

    @BeforeAll
    static void open() {
        world = new SandboxWorld(sandboxDirectory, 31);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    static Stream<BrokenSetup> setups() {
        return Stream.of(BrokenConfigurations.all(), BrokenGateways.all(), BrokenMachines.all())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "exits with {0}")
    @MethodSource("setups")
    void check_neverPasses(BrokenSetup setup) throws Exception {
        world.sandbox().faults().clear();
        try (CheckScene scene = new CheckScene(world, directory)) {
            setup.breaks().in(scene);

            int exitCode = scene.run();

            assertThat(exitCode).as(scene.said()).isEqualTo(setup.exitCode());
            assertThat(scene.said()).contains(setup.said());
            assertReports(scene, exitCode);
        } finally {
            world.sandbox().faults().clear();
        }
    }

    @Test
    @DisplayName("What the rows break does pass when it is whole")
    void whole_passes() throws Exception {
        world.sandbox().faults().clear();
        try (CheckScene scene = new CheckScene(world, directory)) {
            assertThat(scene.run()).as(scene.said()).isZero();
            Element junit = junit(scene);
            assertThat(notGreen(junit)).isZero();
            assertThat(number(junit, "tests")).isEqualTo(1);
            assertThat(json(scene).getString("verdict")).isEqualTo("passed");
        }
    }

    @Test
    @DisplayName("There are enough of them, and none is told twice")
    void setups_areMany() {
        List<String> names = setups().map(BrokenSetup::name).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    private static void assertReports(CheckScene scene, int exitCode) throws Exception {
        if (!scene.isReported()) {
            assertThat(Files.isRegularFile(scene.junit())).as("a report of nothing").isFalse();
            assertThat(Files.isRegularFile(scene.json())).isFalse();
            return;
        }
        Element junit = junit(scene);
        JsonObject json = json(scene);
        assertThat(json.getInteger("exitCode")).isEqualTo(exitCode);
        assertThat(notGreen(junit)).as("cases that are not green").isPositive();
        assertThat(
                        json.getJsonArray("problems").size()
                                + json.getJsonArray("notTested").size()
                                + json.getJsonArray("earlierOrphans").size()
                                + json.getJsonArray("probes").stream()
                                        .map(JsonObject.class::cast)
                                        .filter(probe ->
                                                !probe.getString("outcome").equals("passed")
                                                        || probe.getString("cleanup")
                                                                .equals("orphaned"))
                                        .count())
                .as("what the JSON report holds against it")
                .isPositive();
    }

    private static Element junit(CheckScene scene) throws Exception {
        Element root =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(scene.junit().toFile())
                        .getDocumentElement();
        assertThat(number(root, "tests")).isEqualTo(count(root, "testcase")).isPositive();
        assertThat(number(root, "failures")).isEqualTo(count(root, "failure"));
        assertThat(number(root, "errors")).isEqualTo(count(root, "error"));
        assertThat(number(root, "skipped")).isEqualTo(count(root, "skipped"));
        return root;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static int count(Element root, String name) {
        return root.getElementsByTagName(name).getLength();
    }

    private static int notGreen(Element root) {
        return count(root, "failure") + count(root, "error");
    }

    private static JsonObject json(CheckScene scene) throws Exception {
        return new JsonObject(Files.readString(scene.json()));
    }
}
