package tradecanvas.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Fences that only the module which sees all roles can check. */
@AnalyzeClasses(packages = "tradecanvas", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule rolesDoNotKnowEachOther =
            slices().matching("tradecanvas.(ingest|gateway|readapi)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule sqlStaysInTheStore = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyWiringChoosesAStore = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "tradecanvas.store..", "tradecanvas.runtime.store..", "..app..", "tradecanvas.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tradecanvas.store.sqlite..", "tradecanvas.store.postgres..");

    @ArchTest
    static final ArchRule redisStaysInTheBus = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.runtime.bus..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis..");

    @ArchTest
    static final ArchRule restStaysAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage("tradecanvas.model..", "tradecanvas.store..", "tradecanvas.gateway..", "..pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule settingsAreMappings =
            noClasses().should().dependOnClassesThat().areAssignableTo(ConfigProperty.class);

    @ArchTest
    static final ArchRule noFieldInjection = noFields().should().beAnnotatedWith(Inject.class);
}
