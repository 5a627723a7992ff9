package io.paybeacon.sandbox.market.generate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The generator can be used by whoever has a JDK. */
@AnalyzeClasses(
        packages = "io.paybeacon.sandbox.market.generate",
        importOptions = ImportOption.DoNotIncludeTests.class)
class GeneratorArchitectureTest {
    @ArchTest
    static final ArchRule generator_needs_the_jdk_and_jspecify_alone =
            classes()
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "java.lang..",
                                    "java.time..",
                                    "java.util..",
                                    "org.jspecify..",
                                    "io.paybeacon.sandbox.market.generate.."))
                    .as("The generator needs the JDK and JSpecify alone, and does no I/O");
}
