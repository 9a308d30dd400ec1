package tradecanvas.readapi.candles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The series of the whitelist file, in its order. Read once, at start, which a file of the wrong shape stops. */
@Singleton
@Startup
public final class Whitelist {
    private final List<String> seriesIds;

    Whitelist(WhitelistConfig config) throws IOException {
        this.seriesIds = load(config.whitelistPath());
    }

    List<String> seriesIds() {
        return seriesIds;
    }

    /**
     * Reads the file; a missing one is an empty list.
     *
     * @throws IllegalArgumentException with the contract's text
     */
    static List<String> load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode ids = new JsonMapper().readTree(Files.readString(file)).path("series_ids");
        if (ids.isMissingNode()) {
            return List.of();
        }
        if (!ids.isArray()) {
            throw new IllegalArgumentException("whitelist series_ids must be a list");
        }
        Set<String> distinct = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            if (id.isTextual() && !id.textValue().isBlank()) {
                distinct.add(id.textValue().strip());
            }
        }
        return List.copyOf(distinct);
    }
}
