package tradecanvas.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;

@AnalyzeClasses(packages = "tradecanvas.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("tradecanvas.runtime.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.runtime.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tradecanvas.runtime.app..");

    @ArchTest
    static final ArchRule onlyTheEdgeSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "tradecanvas.runtime.http..", "tradecanvas.runtime.store..", "tradecanvas.runtime.bus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "org.jboss.resteasy..");

    @ArchTest
    static final ArchRule nothingReachesARole = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "tradecanvas..")
                    .and(resideOutsideOfPackages(
                            "tradecanvas.runtime..", "tradecanvas.model..", "tradecanvas.store..")));

    @ArchTest
    static final ArchRule onlyTheChoiceOfAStoreReachesOne = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.runtime.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tradecanvas.store..");

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noFieldInjection = noFields().should().beAnnotatedWith(Inject.class);
}
