package tradecanvas.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "tradecanvas.store", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule portsKnowNoDatabase = classes()
            .that()
            .resideInAPackage("tradecanvas.store.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "tradecanvas.store.api..", "tradecanvas.model..", "java.lang..", "java.util..", "org.jspecify..");

    /** PostgreSQL is written and read without JDBC; Flyway needs it for the schema. */
    @ArchTest
    static final ArchRule onlySqliteAndMigrationsSpeakJdbc = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.store.sqlite..")
            .and()
            .haveNameNotMatching("tradecanvas\\.store\\.postgres\\.PostgresSchema(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyTheRemoteStoreSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.store.remote..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.vertx\\.core\\.http\\.Http.*|com\\.fasterxml\\.jackson\\..*");

    @ArchTest
    static final ArchRule theRouterKnowsPortsOnly = noClasses()
            .that()
            .resideInAPackage("tradecanvas.store.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "..sqlite..", "..postgres..", "..remote..");

    @ArchTest
    static final ArchRule onlyThePostgresAdapterKnowsItsClients = noClasses()
            .that()
            .resideOutsideOfPackage("tradecanvas.store.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.pgclient..", "io.vertx.sqlclient..", "io.netty..", "org.flywaydb..");

    @ArchTest
    static final ArchRule outboxKnowsPortsOnly = classes()
            .that()
            .resideInAPackage("tradecanvas.store.outbox..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "tradecanvas.store.outbox..",
                    "tradecanvas.store.api..",
                    "tradecanvas.model..",
                    "java.lang..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("tradecanvas.store.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();
}
