package tradecanvas.runtime.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the refusals of a validation as a client does: strictly. */
final class Detail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Detail() {}

    /** The entries of the refusal that a call ends in. */
    static List<JsonNode> of(Runnable call) {
        ValidationException refused = catchThrowableOfType(ValidationException.class, call::run);
        try {
            List<JsonNode> entries = new ArrayList<>();
            JSON.readTree(refused.toJson()).get("detail").forEach(entries::add);
            return entries;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** JSON written with apostrophes for quotes, so that it can be read in a test. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException mistake) {
            throw new IllegalArgumentException(text, mistake);
        }
    }
}
