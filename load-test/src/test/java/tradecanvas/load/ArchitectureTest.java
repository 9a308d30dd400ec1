package tradecanvas.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "tradecanvas", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ofTheProjectOnlyTheModelIsUsed = classes()
            .that()
            .resideInAPackage("tradecanvas.load..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "tradecanvas.load..",
                    "tradecanvas.model..",
                    "java..",
                    "com.sun.management..",
                    "com.fasterxml.jackson..",
                    "io.netty..",
                    "io.vertx..",
                    "org.HdrHistogram..",
                    "org.jspecify..",
                    "org.postgresql..",
                    "picocli..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("tradecanvas.load.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyThePeerUsesVertx = noClasses()
            .that()
            .resideOutsideOfPackage("..peer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule onlyThePlainWritesUseTheDriverItself = noClasses()
            .that()
            .resideOutsideOfPackage("..postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();
}
