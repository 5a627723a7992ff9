package io.paybeacon.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules. What the core may use is tested in the core. */
@AnalyzeClasses(
        packages = "io.paybeacon",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
    @ArchTest
    static final ArchRule vertx_is_used_by_server_and_probes_only =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.paybeacon.server..",
                            "io.paybeacon.probe..",
                            "io.paybeacon.sandbox..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule the_core_points_nowhere =
            noClasses()
                    .that()
                    .resideInAPackage("io.paybeacon.core..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.paybeacon..")
                                    .and(
                                            com.tngtech.archunit.base.DescribedPredicate.not(
                                                    resideInAPackage("io.paybeacon.core.."))));

    @ArchTest
    static final ArchRule gateways_engine_and_telemetry_point_to_the_core_only =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.paybeacon.gateways..",
                            "io.paybeacon.embedded..",
                            "io.paybeacon.telemetry..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.paybeacon.server..",
                            "io.paybeacon.probe..",
                            "io.paybeacon.catalog..",
                            "io.paybeacon.sandbox..");

    @ArchTest
    static final ArchRule gateways_do_not_import_each_other =
            slices().matching("io.paybeacon.gateways.(*)..")
                    .namingSlices("gateway $1")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            resideInAPackage("io.paybeacon.gateways.."),
                            resideInAnyPackage(
                                    "io.paybeacon.gateways.json..",
                                    "io.paybeacon.gateways.message.."));

    @ArchTest
    static final ArchRule gateways_do_no_input_or_output =
            noClasses()
                    .that()
                    .resideInAPackage("io.paybeacon.gateways..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..");

    @ArchTest
    static final ArchRule probes_know_the_events_of_the_core_and_nothing_else_of_the_agent =
            noClasses()
                    .that()
                    .resideInAPackage("io.paybeacon.probe..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.paybeacon.server..",
                            "io.paybeacon.gateways..",
                            "io.paybeacon.embedded..",
                            "io.paybeacon.telemetry..",
                            "io.paybeacon.core.stage..",
                            "io.paybeacon.core.pipeline..",
                            "io.paybeacon.core.engine..");

    @ArchTest
    static final ArchRule the_sandbox_shares_no_code_with_what_it_tests =
            classes()
                    .that()
                    .resideInAPackage("io.paybeacon.sandbox..")
                    .should()
                    .onlyDependOnClassesThat(
                            com.tngtech.archunit.base.DescribedPredicate.or(
                                    resideInAPackage("io.paybeacon.sandbox.."),
                                    com.tngtech.archunit.base.DescribedPredicate.not(
                                            resideInAPackage("io.paybeacon.."))));

    @ArchTest
    static final ArchRule only_the_server_wires_gateways_engine_and_probes_together =
            classes()
                    .that()
                    .resideInAPackage("io.paybeacon.embedded..")
                    .should()
                    .onlyHaveDependentClassesThat()
                    .resideInAnyPackage(
                            "io.paybeacon.embedded..",
                            "io.paybeacon.server..",
                            "io.paybeacon.bench..");
}
