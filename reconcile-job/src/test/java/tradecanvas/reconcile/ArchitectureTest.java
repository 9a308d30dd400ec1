package tradecanvas.reconcile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "tradecanvas.reconcile", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule rolesMeetOverTheWireOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "tradecanvas.reconcile..",
                    "tradecanvas.store..",
                    "io.vertx.core..",
                    "java..",
                    "picocli..",
                    "io.quarkus..",
                    "com.fasterxml..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("tradecanvas.reconcile.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();
}
