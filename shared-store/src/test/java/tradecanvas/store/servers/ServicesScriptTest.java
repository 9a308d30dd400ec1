package tradecanvas.store.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helpers against a scripted {@code scripts/services}; {@code ServicesScriptIT} tests the real one. */
class ServicesScriptTest {
    private static final String PRINTS_VARIABLES = """
            echo "$*" >>"$(dirname "$0")/calls"
            echo starting >&2
            echo 'export TRADE_CANVAS_POSTGRES_DSN=postgresql://u:p@h:1/d?a=b'
            echo 'export TRADE_CANVAS_REDIS_URL=redis://h:2/0'
            """;

    @TempDir
    Path repository;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(repository.resolve("scripts"));
    }

    @Test
    void printedVariablesAreReturned() throws IOException {
        assertThat(script(PRINTS_VARIABLES).run("up"))
                .hasSize(2)
                .containsEntry(TestServers.POSTGRES_DSN, "postgresql://u:p@h:1/d?a=b")
                .containsEntry(TestServers.REDIS_URL, "redis://h:2/0");
    }

    @Test
    void failureIsThrownWithAllThatWasPrinted() throws IOException {
        ServicesScript script = script("""
                echo half
                echo 'mmdebstrap failed' >&2
                exit 1
                """);

        assertThatThrownBy(() -> script.run("up"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scripts/services up ended with 1")
                .hasMessageContaining("half")
                .hasMessageContaining("mmdebstrap failed");
    }

    @Test
    void instanceNamesItselfInEveryCommand() throws IOException {
        try (ServiceInstance instance = ServiceInstance.up(script(PRINTS_VARIABLES), "faults")) {
            assertThat(instance.postgresDsn()).isEqualTo("postgresql://u:p@h:1/d?a=b");
            assertThat(instance.redisUrl()).isEqualTo("redis://h:2/0");
            instance.pausePostgres();
            instance.resumePostgres();
            instance.stopRedis();
            instance.startRedis();
        }

        assertThat(repository.resolve("scripts/calls")).hasContent("""
                up --instance faults
                pause postgres --instance faults
                resume postgres --instance faults
                stop redis --instance faults
                start redis --instance faults
                down --instance faults
                """);
    }

    private ServicesScript script(String body) throws IOException {
        Path file = repository.resolve("scripts/services");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        return new ServicesScript(repository);
    }
}
