package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tradecanvas.store.api.CandleStoreContract.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PostgresSchemaIT {
    private static final String CHUNK_SECONDS = "SELECT integer_interval FROM timescaledb_information.dimensions"
            + " WHERE hypertable_schema = replace('{s}', '\"', '')";
    private static final String CHUNKS = "SELECT range_start_integer FROM timescaledb_information.chunks"
            + " WHERE hypertable_schema = replace('{s}', '\"', '') ORDER BY 1";
    private static final String INDEXES = "SELECT indexname FROM pg_indexes"
            + " WHERE schemaname = replace('{s}', '\"', '') AND tablename = 'candles' ORDER BY 1";
    private static final String TIMES = "SELECT candle_time FROM {s}.candles ORDER BY 1";
    private static final long WEEK = 604_800;
    private static final int STARTS = 8;

    @Test
    void emptyDatabaseGetsTheTablesOfTheContractAndTheLedgers() {
        try (TestSchema schema = TestSchema.prepared(Timescale.STANDARD)) {
            assertThat(schema.column("SELECT table_name || ': ' || string_agg(column_name || ' ' || data_type, ', '"
                            + " ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema ="
                            + " replace('{s}', '\"', '') AND table_name <> 'tc_schema_history'"
                            + " GROUP BY table_name ORDER BY table_name"))
                    .containsExactly(
                            "candles: series_id text, candle_time bigint, open double precision, high double precision,"
                                    + " low double precision, close double precision, volume double precision",
                            "factor_events: id bigint, series_id text, factor_name text, candle_time bigint, kind text,"
                                    + " event_key text, payload_json text, created_at_ms bigint",
                            "factor_head_snapshots: id bigint, series_id text, factor_name text, candle_time bigint,"
                                    + " seq bigint, head_json text, created_at_ms bigint",
                            "factor_series_fingerprint: series_id text, fingerprint text, updated_at_ms bigint",
                            "factor_series_state: series_id text, head_time bigint, updated_at_ms bigint",
                            "overlay_instruction_versions: version_id bigint, series_id text, instruction_id text,"
                                    + " kind text, visible_time bigint, def_json text, created_at_ms bigint",
                            "overlay_series_state: series_id text, head_time bigint, updated_at_ms bigint",
                            "tc_mirror_writer: id smallint, truth_id text, epoch bigint, session bigint,"
                                    + " claimed_at timestamp with time zone");
            assertThat(schema.column(CHUNK_SECONDS)).containsExactly("604800");
            assertThat(schema.column(INDEXES)).containsExactly("candles_pkey");
        }
    }

    @Test
    void idsOfTheTruthAreTakenAsTheyAre() {
        try (TestSchema schema = TestSchema.prepared(Timescale.OFF)) {
            schema.sql("INSERT INTO {s}.overlay_instruction_versions VALUES (77, 's', 'i', 'k', 1, '{}', 1)");
            assertThat(schema.column("SELECT version_id FROM {s}.overlay_instruction_versions"))
                    .containsExactly("77");
        }
    }

    @Test
    void preparingAgainChangesNothing() {
        try (TestSchema schema = TestSchema.prepared(Timescale.STANDARD)) {
            schema.sql("INSERT INTO {s}.candles VALUES ('s', 60, 1, 1, 1, 1, 1)");
            List<String> history = schema.column("SELECT installed_on FROM {s}.tc_schema_history ORDER BY 1");
            PostgresSchema.prepare(schema.settings());
            assertThat(schema.column("SELECT installed_on FROM {s}.tc_schema_history ORDER BY 1"))
                    .isEqualTo(history);
            assertThat(schema.column(TIMES)).containsExactly("60");
        }
    }

    @Test
    void tablesOfTheReferenceAreTakenOverWithTheirRowsAndTheirIndex() {
        try (TestSchema schema = TestSchema.named(Timescale.STANDARD)) {
            referenceTables(schema);
            schema.sql("SELECT create_hypertable('{s}.candles', 'candle_time', chunk_time_interval => 1000000,"
                    + " if_not_exists => TRUE, migrate_data => TRUE)");
            PostgresSchema.prepare(schema.settings());
            assertThat(schema.column(TIMES)).containsExactly("60", "2000000");
            assertThat(schema.column(INDEXES))
                    .containsExactly("candles_candle_time_idx", "candles_pkey", "idx_public_candles_series_time");
            assertThat(schema.column("SELECT head_time FROM {s}.factor_series_state"))
                    .containsExactly("7");
            assertThat(schema.column(CHUNK_SECONDS)).as("of new chunks").containsExactly("604800");
        }
    }

    @Test
    void tablesOfTheReferenceWithoutHypertableBecomeOne() {
        try (TestSchema schema = TestSchema.named(Timescale.STANDARD)) {
            referenceTables(schema);
            PostgresSchema.prepare(schema.settings());
            assertThat(schema.column(TIMES)).containsExactly("60", "2000000");
            assertThat(schema.column(CHUNKS)).containsExactly("0", Long.toString(3 * WEEK));
        }
    }

    private static void referenceTables(TestSchema schema) {
        schema.sql("CREATE SCHEMA {s}");
        schema.sql("CREATE TABLE {s}.candles (series_id TEXT NOT NULL, candle_time BIGINT NOT NULL,"
                + " open DOUBLE PRECISION NOT NULL, high DOUBLE PRECISION NOT NULL, low DOUBLE PRECISION NOT NULL,"
                + " close DOUBLE PRECISION NOT NULL, volume DOUBLE PRECISION NOT NULL,"
                + " PRIMARY KEY (series_id, candle_time))");
        schema.sql("CREATE INDEX idx_public_candles_series_time ON {s}.candles (series_id, candle_time)");
        for (String table : List.of("factor_series_state", "overlay_series_state")) {
            schema.sql("CREATE TABLE {s}." + table
                    + " (series_id TEXT PRIMARY KEY, head_time BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL)");
        }
        schema.sql("INSERT INTO {s}.factor_series_state VALUES ('s', 7, 7)");
        schema.sql("INSERT INTO {s}.candles VALUES ('s', 60, 1, 1, 1, 1, 1), ('s', 2000000, 1, 1, 1, 1, 1)");
    }

    @Test
    void plainTableBecomesAHypertableAndStaysOne() {
        try (TestSchema schema = TestSchema.prepared(Timescale.OFF)) {
            schema.sql("INSERT INTO {s}.candles VALUES ('s', 60, 1, 1, 1, 1, 1), ('s', 2000000, 1, 1, 1, 1, 1)");
            assertThat(schema.column(CHUNKS)).isEmpty();

            PostgresSettings on = schema.settings().withTimescale(Timescale.STANDARD);
            PostgresSchema.prepare(on);
            assertThat(schema.column(CHUNKS)).hasSize(2);

            PostgresSchema.prepare(schema.settings());
            assertThat(schema.column(CHUNKS)).as("turned off again").hasSize(2);
            PostgresSchema.prepare(on);
            assertThat(schema.column(TIMES)).containsExactly("60", "2000000");
        }
    }

    @Test
    void changedIntervalHoldsForNewChunks() {
        try (TestSchema schema = TestSchema.prepared(Timescale.STANDARD)) {
            PostgresSchema.prepare(schema.settings().withTimescale(new Timescale(true, 86_400)));
            assertThat(schema.column(CHUNK_SECONDS)).containsExactly("86400");
        }
    }

    @Test
    void processesThatStartAtOnceOnAnEmptyDatabaseAllSucceed() {
        try (TestDatabase database = new TestDatabase();
                ExecutorService threads = Executors.newFixedThreadPool(STARTS)) {
            CompletableFuture<?>[] starts = IntStream.range(0, STARTS)
                    .mapToObj(start -> PostgresSettings.of(database.dsn(), "schema_" + start % 3))
                    .map(settings -> CompletableFuture.runAsync(() -> PostgresSchema.prepare(settings), threads))
                    .toArray(CompletableFuture[]::new);
            await(CompletableFuture.allOf(starts));
            try (TestSchema schema = TestSchema.of(database.dsn(), Timescale.STANDARD)) {
                assertThat(schema.column("SELECT count(*) FROM timescaledb_information.hypertables"))
                        .containsExactly("3");
            }
        }
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        try (TestSchema schema = TestSchema.named(Timescale.STANDARD)) {
            schema.sql("CREATE SCHEMA {s}");
            schema.sql("CREATE VIEW {s}.overlay_instruction_versions AS SELECT 1 AS version_id");
            assertThatThrownBy(() -> PostgresSchema.prepare(schema.settings()))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("overlay_instruction_versions");
            assertThat(schema.column("SELECT to_regclass('{s}.candles')")).containsExactly("null");
        }
    }

    @Test
    void serverWithoutTheExtensionIsRefusedWithTheSettingToChange() {
        try (TestDatabase database = new TestDatabase();
                TestSchema schema = TestSchema.of(database.dsn(), Timescale.STANDARD)) {
            // the nearest thing to a server without the files of the extension
            schema.sql("CREATE SCHEMA fake");
            schema.sql("CREATE VIEW fake.pg_available_extensions AS"
                    + " SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'timescaledb'");
            schema.sql("ALTER DATABASE " + database.name() + " SET search_path = fake, pg_catalog, public");
            assertThatThrownBy(() -> PostgresSchema.prepare(schema.settings()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("TRADE_CANVAS_POSTGRES_TIMESCALE=off");
            PostgresSchema.prepare(schema.settings().withTimescale(Timescale.OFF));
        }
    }

    @Test
    void roleThatOwnsItsSchemaOnlyMayPrepareIt() {
        try (TestDatabase database = new TestDatabase();
                TestSchema schema = TestSchema.of(database.dsn(), Timescale.STANDARD)) {
            String role = database.name() + "_role";
            schema.sql("CREATE EXTENSION timescaledb");
            schema.sql("CREATE ROLE " + role + " LOGIN PASSWORD 'it''s secret'");
            schema.sql("CREATE SCHEMA {s} AUTHORIZATION " + role);
            try {
                String dsn = database.dsn(role, "it\\'s secret");
                PostgresSchema.prepare(
                        PostgresSettings.of(dsn, schema.settings().schema()));
                assertThat(schema.column(CHUNK_SECONDS)).containsExactly("604800");
            } finally {
                schema.sql("DROP OWNED BY " + role + " CASCADE");
                schema.sql("DROP ROLE " + role);
            }
        }
    }

    @Test
    void schemaThatTheServerRefusesIsNamed() {
        try (TestDatabase database = new TestDatabase()) {
            assertThatThrownBy(() -> PostgresSchema.prepare(PostgresSettings.of(database.dsn(), "pg_mine")))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("schema pg_mine")
                    .hasMessageContaining("pg_mine");
        }
    }

    @Test
    void serverThatIsNotThereIsUnavailable() {
        assertThatThrownBy(() -> PostgresSchema.prepare(PostgresSettings.of("postgresql://u:hush@127.0.0.1:1/d", "s")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("hush");
    }

    @Test
    void passwordIsProvedByScramAndAWrongOneRefused() {
        try (TestDatabase database = new TestDatabase();
                TestSchema schema = TestSchema.of(database.dsn(), Timescale.OFF)) {
            assertThat(schema.column("SELECT DISTINCT auth_method FROM pg_hba_file_rules WHERE type = 'host'"))
                    .containsExactly("scram-sha-256");
            String user = schema.settings().dsn().credentials().user();
            assertThatThrownBy(() -> PostgresSchema.prepare(PostgresSettings.of(database.dsn(user, "hush"), "s")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("hush");
        }
    }
}
