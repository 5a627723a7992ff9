package io.paybeacon.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.paybeacon.core.finding.RecordedStage;
import io.paybeacon.core.register.RegisterStage;
import io.paybeacon.core.stage.Stage;
import java.util.Set;

/** What must not be in the domain, and which way its packages may look. */
@AnalyzeClasses(
        packages = "io.paybeacon.core",
        importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {
    private static final String[] MONEY_PATH = {
        "io.paybeacon.core.money..",
        "io.paybeacon.core.payment..",
        "io.paybeacon.core.order..",
        "io.paybeacon.core.event..",
        "io.paybeacon.core.judgement..",
        "io.paybeacon.core.register..",
        "io.paybeacon.core.output.."
    };

    private static final String[] FEATURES = {
        "io.paybeacon.core.intake..",
        "io.paybeacon.core.identity..",
        "io.paybeacon.core.payment..",
        "io.paybeacon.core.order..",
        "io.paybeacon.core.gateway..",
        "io.paybeacon.core.probe..",
        "io.paybeacon.core.source..",
        "io.paybeacon.core.register..",
        "io.paybeacon.core.customer..",
        "io.paybeacon.core.finding.."
    };

    /** What reads a clock without being handed one. */
    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.LocalTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.Year.now",
                    "java.time.YearMonth.now",
                    "java.time.InstantSource.system",
                    "java.util.Date.<init>",
                    "java.util.UUID.randomUUID",
                    "java.lang.Math.random");

    @ArchTest
    static final ArchRule core_needs_the_jdk_and_jspecify_alone =
            classes()
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage("java..", "org.jspecify..", "io.paybeacon.core.."))
                    .as("Core needs nothing but the JDK and JSpecify");

    @ArchTest
    static final ArchRule core_reads_no_clock_and_draws_no_chance =
            noClasses()
                    .should()
                    .callCodeUnitWhere(
                            describe(
                                    "it reads a clock or draws a random value",
                                    CoreArchitectureTest::impure))
                    .as("Core reads no clock and draws nothing at random: both are handed to it");

    @ArchTest
    static final ArchRule core_knows_no_chance_no_logging_no_threads =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.util.random..", "java.util.logging..")
                                    .or(resideInAnyPackage("java.util.concurrent.."))
                                    .and(not(named("java.util.concurrent.CompletableFuture")))
                                    .or(named("java.util.Random"))
                                    .or(named("java.security.SecureRandom"))
                                    .or(named("java.util.Timer"))
                                    .or(named("java.lang.Thread"))
                                    .or(named("java.lang.ThreadLocal"))
                                    .or(named("java.lang.System$Logger")))
                    .as("Core knows no randomness, no logging and no threads");

    @ArchTest
    static final ArchRule core_does_no_io =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.io..",
                                            "java.nio.file..",
                                            "java.nio.channels..",
                                            "java.net..",
                                            "java.sql..",
                                            "javax..")
                                    .and(not(named("java.io.Serializable"))))
                    .as("Core does no I/O");

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("io.paybeacon.core.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .as("No package of core depends on itself through another");

    @ArchTest
    static final ArchRule features_do_not_know_each_other =
            slices().matching("io.paybeacon.core.(*)..")
                    .that(
                            describe(
                                    "are features",
                                    slice ->
                                            slice.iterator()
                                                    .next()
                                                    .getPackageName()
                                                    .matches(features())))
                    .should()
                    .notDependOnEachOther()
                    .as("No feature knows another: what they share travels as events");

    @ArchTest
    static final ArchRule features_know_the_contract_alone =
            classes()
                    .that()
                    .resideInAnyPackage(FEATURES)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(FEATURES)
                                    .or(
                                            resideInAnyPackage(
                                                    "java..",
                                                    "org.jspecify..",
                                                    "io.paybeacon.core.event..",
                                                    "io.paybeacon.core.output..",
                                                    "io.paybeacon.core.stage..",
                                                    "io.paybeacon.core.judgement..",
                                                    "io.paybeacon.core.money..",
                                                    "io.paybeacon.core.codec..")))
                    .as(
                            "A feature knows events, outputs, judgements, stage, money and codecs,"
                                    + " nothing else");

    @ArchTest
    static final ArchRule the_money_path_holds_no_floating_point =
            fields().that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(MONEY_PATH)
                    .should()
                    .notHaveRawType(floating())
                    .as("No field on the way of money is a float or a double");

    @ArchTest
    static final ArchRule the_money_path_passes_no_floating_point =
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(MONEY_PATH)
                    .should()
                    .notHaveRawReturnType(floating())
                    .andShould()
                    .notHaveRawParameterTypes(
                            describe(
                                    "a float or a double",
                                    types -> types.stream().anyMatch(floating())))
                    .as("No method on the way of money takes or returns a float or a double");

    @ArchTest
    static final ArchRule the_money_path_calls_no_floating_point =
            noClasses()
                    .that()
                    .resideInAnyPackage(MONEY_PATH)
                    .should()
                    .callCodeUnitWhere(
                            describe(
                                    "it takes or returns a float or a double",
                                    CoreArchitectureTest::floats))
                    .as("Nothing on the way of money calls what takes or returns floating point");

    @ArchTest
    static final ArchRule stages_keep_nothing_between_calls =
            fields().that()
                    .areDeclaredInClassesThat()
                    .implement(Stage.class)
                    .and()
                    // What it is told when it is made: which feature's register it is.
                    .areNotDeclaredIn(RegisterStage.class)
                    .and()
                    // The stage that it puts on record.
                    .areNotDeclaredIn(RecordedStage.class)
                    .should()
                    .beStatic()
                    .andShould()
                    .beFinal()
                    .allowEmptyShould(false)
                    .as("A stage keeps nothing between calls");

    private static boolean impure(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getFullName();
        return CLOCKS.contains(owner + "." + target.getName())
                || (owner.equals("java.time.Clock") && target.getName().startsWith("system"))
                || (owner.equals("java.time.Clock") && target.getName().startsWith("tick"));
    }

    private static boolean floats(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        return floating().test(target.getRawReturnType())
                || target.getRawParameterTypes().stream().anyMatch(floating());
    }

    private static DescribedPredicate<JavaClass> floating() {
        return describe(
                "float or double",
                type ->
                        Set.of("float", "double", "java.lang.Float", "java.lang.Double")
                                .contains(type.getBaseComponentType().getName()));
    }

    private static String features() {
        return String.join("|", FEATURES).replace("..", "");
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getFullName().equals(name));
    }

    private static <T> DescribedPredicate<T> not(DescribedPredicate<T> predicate) {
        return DescribedPredicate.not(predicate);
    }
}
