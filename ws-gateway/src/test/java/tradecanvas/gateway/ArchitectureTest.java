package tradecanvas.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;

@AnalyzeClasses(packages = "tradecanvas.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("tradecanvas.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("..app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..app..");

    @ArchTest
    static final ArchRule fanOutKnowsNoSeries = classes()
            .that()
            .resideInAPackage("..gateway.fanout..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.fanout..", "tradecanvas.model.wire..", "io.netty..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule noDatabaseHere =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "tradecanvas.store.sqlite..");

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noFieldInjection = noFields().should().beAnnotatedWith(Inject.class);
}
