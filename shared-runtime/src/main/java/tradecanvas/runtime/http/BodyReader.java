package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/**
 * Reads a JSON body field by field, and collects what is wrong with it in the order of the calls.
 *
 * <p>A value that is refused comes back as a stand-in, which {@link #verify} keeps from being used. Unknown fields are
 * ignored, of repeated ones the last counts. Owner: one request.
 */
public final class BodyReader {
    private final @Nullable ObjectFields fields;
    private final List<Object> location;
    private final Violations violations;

    BodyReader(@Nullable ObjectFields fields, List<Object> location, Violations violations) {
        this.fields = fields;
        this.location = location;
        this.violations = violations;
        if (fields != null && fields.tooMany()) {
            violations.add(Problem.tooManyFields(ObjectFields.FIELDS_MAX), location, () -> Echo.json(fields.object()));
        }
    }

    /**
     * Opens a body.
     *
     * <p>Errors: a body that is not JSON at all is refused here, so that a gate can be asked next; anything else by
     * {@link #verify}.
     */
    public static BodyReader of(byte[] body, @Nullable String contentType) {
        Violations violations = new Violations();
        return switch (JsonBody.parse(body, contentType)) {
            case JsonBody.Fields(ObjectFields fields) -> new BodyReader(fields, JsonBody.LOCATION, violations);
            case JsonBody.Unfit(Problem problem, String inputJson) -> {
                violations.add(problem, JsonBody.LOCATION, () -> inputJson);
                yield new BodyReader(null, JsonBody.LOCATION, violations);
            }
        };
    }

    /** Text of any length. */
    public String requiredString(String name) {
        return requiredString(name, 0);
    }

    /** Text of at least so many characters. */
    public String requiredString(String name, int lengthMin) {
        String text = required(name, JsonCoercion::text).orElse(null);
        if (text == null) {
            return "";
        }
        if (text.codePointCount(0, text.length()) < lengthMin) {
            refuse(name, Problem.stringTooShort(lengthMin));
        }
        return text;
    }

    /** A whole number of 64 bits. */
    public long requiredInteger(String name) {
        return required(name, JsonCoercion::integer).orElse(0L);
    }

    /** A finite number. */
    public double requiredNumber(String name) {
        return required(name, JsonCoercion::number).orElse(0.0);
    }

    /** A whole number from a minimum on; empty where the field is absent or null. */
    public OptionalLong optionalIntegerAtLeast(String name, long minimum) {
        Slice slice = find(name);
        if (slice == null || slice.token() == JsonToken.VALUE_NULL) {
            return OptionalLong.empty();
        }
        long value = coerce(name, slice, JsonCoercion::integer).orElse(minimum);
        if (value < minimum) {
            refuse(name, Problem.lessThan(minimum));
        }
        return OptionalLong.of(value);
    }

    /** A switch. */
    public boolean bool(String name, boolean whenAbsent) {
        Slice slice = find(name);
        return slice == null
                ? whenAbsent
                : coerce(name, slice, JsonCoercion::bool).orElse(whenAbsent);
    }

    /** One candle object. */
    public Candle candle(String name) {
        Slice slice = find(name);
        if (slice == null) {
            missing(name);
            return CandleReader.STAND_IN;
        }
        return CandleReader.one(slice, at(name), violations);
    }

    /** A list of candle objects, in the order given. */
    public List<Candle> candles(String name, int sizeMin, int sizeMax) {
        Slice slice = find(name);
        if (slice == null) {
            missing(name);
            return List.of();
        }
        return new CandleListReader(slice, at(name), violations).read(sizeMin, sizeMax);
    }

    /**
     * Ends the request if anything was refused.
     *
     * @throws ValidationException with everything that was refused
     */
    public void verify() {
        violations.verify();
    }

    private <T> Optional<T> required(String name, TokenCoercion<T> coercion) {
        Slice slice = find(name);
        if (slice == null) {
            missing(name);
            return Optional.empty();
        }
        return coerce(name, slice, coercion);
    }

    private <T> Optional<T> coerce(String name, Slice slice, TokenCoercion<T> coercion) {
        try (JsonParser parser = slice.parser()) {
            parser.nextToken();
            return switch (coercion.at(parser)) {
                case Coerced.Accepted<T>(T value) -> Optional.of(value);
                case Coerced.Refused<T>(Problem problem) -> {
                    refuse(name, problem);
                    yield Optional.empty();
                }
            };
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private @Nullable Slice find(String name) {
        return fields == null ? null : fields.find(name);
    }

    private void missing(String name) {
        if (fields != null) {
            violations.add(Problem.MISSING, at(name), () -> Echo.json(fields.object()));
        }
    }

    private void refuse(String name, Problem problem) {
        Slice slice = find(name);
        Supplier<String> input = () -> slice == null ? "null" : Echo.json(slice);
        violations.add(problem, at(name), input);
    }

    private List<Object> at(String name) {
        List<Object> path = new ArrayList<>(location);
        path.add(name);
        return path;
    }

    /** Reads one value at the parser's token. */
    @FunctionalInterface
    private interface TokenCoercion<T> {
        Coerced<T> at(JsonParser parser) throws IOException;
    }
}
