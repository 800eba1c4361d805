package dev.fettle.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fettle.api.Evolving;
import dev.fettle.api.Stable;

/** Which way the modules may depend, and what packages may be called. */
@AnalyzeClasses(packages = "dev.fettle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PLUGINS = {
        "dev.fettle.strategies.basic..",
        "dev.fettle.strategies.advanced..",
        "dev.fettle.strategies.team..",
        "dev.fettle.search..",
        "dev.fettle.learner..",
        "dev.fettle.ingest..",
        "dev.fettle.runtime..",
        "dev.fettle.examples.."
    };

    @ArchTest
    static final ArchRule theApiDependsOnAlmostNothing = classes()
            .that()
            .resideInAPackage("dev.fettle.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.fettle.api..", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule publicTypesForPluginsSayHowStableTheyAre = classes()
            .that()
            .resideInAnyPackage("dev.fettle.api..", "dev.fettle.testkit..")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beAnnotatedWith(Stable.class)
            .orShould()
            .beAnnotatedWith(Evolving.class);

    @ArchTest
    static final ArchRule pluginsDoNotSeeTheCore = noClasses()
            .that()
            .resideInAnyPackage(PLUGINS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fettle.core..", "dev.fettle.cli..");

    @ArchTest
    static final ArchRule pluginModulesDoNotSeeEachOther = slices().matching(
                    "dev.fettle.(strategies.basic|strategies.advanced|strategies.team|search|learner|ingest|runtime)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theCoreAndTheCommandLineSeeNoPlugin = noClasses()
            .that()
            .resideInAnyPackage("dev.fettle.core..", "dev.fettle.cli..", "dev.fettle.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLUGINS);

    @ArchTest
    static final ArchRule theCoreDoesNotSeeTheCommandLine = noClasses()
            .that()
            .resideInAPackage("dev.fettle.core..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fettle.cli..");

    @ArchTest
    static final ArchRule packagesOfTheCoreFormNoCycles =
            slices().matching("dev.fettle.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatIsInside = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..", "..misc..");

    @ArchTest
    static final ArchRule nobodyUsesAmbientRandomness = noClasses().should().callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule guiceStaysWhereThingsAreWired = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fettle.core.optimize..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..");
}
