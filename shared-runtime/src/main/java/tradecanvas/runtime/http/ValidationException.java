package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request whose input is refused; clients see 422 and every refused value. */
public final class ValidationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    ValidationException(List<Violation> violations) {
        super("request has " + violations.size() + " invalid values", null, false, false);
        this.violations = List.copyOf(violations);
    }

    /** A refusal that a resource finds itself, of a kind that the readers do not know; the input is shown as text. */
    public static ValidationException of(String type, String message, List<Object> location, String input) {
        return new ValidationException(
                List.of(new Violation(new Problem(type, message, Map.of()), location, Echo.text(input))));
    }

    /** The body of the answer. */
    public byte[] toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("detail");
            for (Violation violation : violations) {
                write(json, violation);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(JsonGenerator json, Violation violation) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", violation.problem().type());
        json.writeArrayFieldStart("loc");
        for (Object step : violation.location()) {
            json.writeObject(step);
        }
        json.writeEndArray();
        json.writeStringField("msg", violation.problem().message());
        json.writeFieldName("input");
        json.writeRawValue(violation.inputJson());
        if (!violation.problem().context().isEmpty()) {
            json.writeObjectFieldStart("ctx");
            for (var entry : violation.problem().context().entrySet()) {
                json.writeFieldName(entry.getKey());
                json.writeObject(entry.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
