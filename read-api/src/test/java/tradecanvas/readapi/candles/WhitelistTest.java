package tradecanvas.readapi.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhitelistTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("whitelist.json");
    }

    @Test
    void missingFileAndMissingListAreEmpty() throws IOException {
        assertThat(Whitelist.load(file)).isEmpty();
        Files.writeString(file, "{}");
        assertThat(Whitelist.load(file)).isEmpty();
    }

    @Test
    void idsAreTrimmedAndDistinctInTheOrderOfTheFile() throws IOException {
        Files.writeString(file, "{\"series_ids\":[\" b:1m \",\"a:1m\",7,null,\"\",\"b:1m\"]}");
        assertThat(Whitelist.load(file)).containsExactly("b:1m", "a:1m");
    }

    @Test
    void idsThatAreNoListStopTheStart() throws IOException {
        Files.writeString(file, "{\"series_ids\":\"a:1m\"}");
        assertThatThrownBy(() -> Whitelist.load(file)).hasMessage("whitelist series_ids must be a list");
    }
}
