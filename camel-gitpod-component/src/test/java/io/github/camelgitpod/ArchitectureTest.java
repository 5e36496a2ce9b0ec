package io.github.camelgitpod;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house: the Camel face uses auditlog, event and state, and these the client; never back. */
@AnalyzeClasses(
        packages = "io.github.camelgitpod",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyTheComponent.class})
public class ArchitectureTest {

    @ArchTest
    static final ArchRule BELOW_THE_FACE_NOTHING_KNOWS_CAMEL = noClasses()
            .that()
            .resideInAnyPackage("..client..", "..auditlog..", "..event..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("..client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.camelgitpod",
                    "io.github.camelgitpod.auditlog..",
                    "io.github.camelgitpod.event..",
                    "io.github.camelgitpod.state..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.github.camelgitpod.(*)..").should().beFreeOfCycles();

    public static final class OnlyTheComponent implements ImportOption {
        @Override
        public boolean includes(Location location) {
            // The compatibility module has the tests in a jar, which ArchUnit does not take for tests.
            return !location.contains("simulator") && !location.contains("-tests.jar");
        }
    }
}
