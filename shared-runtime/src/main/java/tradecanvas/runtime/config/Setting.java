package tradecanvas.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One key of a settings interface: its type, default and minimum.
 *
 * <p>A blank value means "nothing" where the type can be empty ({@code Optional}), and the default everywhere else.
 */
record Setting(
        String key,
        Kind kind,
        boolean optional,
        List<String> choices,
        @Nullable String defaultText,
        @Nullable Floor floor,
        boolean secret) {
    /** What the keys of all our settings start with. */
    static final String PREFIX = "trade-canvas.";

    private static final String SECRET_MASK = "***";

    /** What the text of a setting stands for. */
    enum Kind {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        TEXT,
        LIST,
        CHOICE
    }

    /** The smallest value: a constant, added to another setting's value if a key is given. */
    record Floor(double value, String key, boolean ignoreBelow) {}

    String environmentName() {
        return environmentName(key);
    }

    /** How the environment spells a key. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    String shown(String value) {
        return secret && !value.isEmpty() ? SECRET_MASK : value;
    }

    /** The default as {@link #normalise} would write it, empty where there is none. */
    String normalisedDefault(ToDoubleFunction<String> otherSetting) {
        return defaultText == null ? "" : accepted(defaultText, otherSetting).orElse("");
    }

    /** Turns any text into one that the strict converter of the type accepts. */
    String normalise(String raw, ToDoubleFunction<String> otherSetting) {
        return accepted(raw, otherSetting)
                .orElseGet(() -> optional && blankMeansNothing() ? "" : normalisedDefault(otherSetting));
    }

    private boolean blankMeansNothing() {
        return kind == Kind.TEXT || kind == Kind.LIST;
    }

    /** The strict spelling of a text; empty where it says nothing that the type understands. */
    private Optional<String> accepted(String raw, ToDoubleFunction<String> otherSetting) {
        return switch (kind) {
            case BOOLEAN -> Optional.of(Boolean.toString(SettingText.truthy(raw)));
            case INT -> integer(raw, otherSetting, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(raw, otherSetting, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> number(raw, otherSetting);
            case TEXT -> Optional.of(raw.strip()).filter(text -> !text.isEmpty());
            case LIST -> list(raw);
            case CHOICE -> choice(raw);
        };
    }

    private Optional<String> integer(String raw, ToDoubleFunction<String> otherSetting, long least, long greatest) {
        OptionalLong value = SettingText.integer(raw);
        if (value.isEmpty() || ignored((double) value.getAsLong())) {
            return Optional.empty();
        }
        long raised = Math.max(value.getAsLong(), (long) minimum(otherSetting));
        return Optional.of(Long.toString(Math.clamp(raised, least, greatest)));
    }

    private Optional<String> number(String raw, ToDoubleFunction<String> otherSetting) {
        OptionalDouble value = SettingText.number(raw);
        return value.isEmpty() || ignored(value.getAsDouble())
                ? Optional.empty()
                : Optional.of(Double.toString(Math.max(value.getAsDouble(), minimum(otherSetting))));
    }

    private double minimum(ToDoubleFunction<String> otherSetting) {
        if (floor == null) {
            return Double.NEGATIVE_INFINITY;
        }
        return floor.key().isEmpty() ? floor.value() : floor.value() + otherSetting.applyAsDouble(floor.key());
    }

    private boolean ignored(double value) {
        return floor != null && floor.ignoreBelow() && value < floor.value();
    }

    /** The strict list converter takes a backslash for an escape. */
    private static Optional<String> list(String raw) {
        return SettingText.list(raw).stream()
                .map(part -> part.replace("\\", "\\\\"))
                .reduce((left, right) -> left + "," + right);
    }

    private Optional<String> choice(String raw) {
        String wanted = raw.strip().replace('-', '_');
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(wanted))
                .findFirst();
    }
}
