package tradecanvas.runtime.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    String shown(String value) {
        return secret && !value.isEmpty() ? SECRET_MASK : value;
    }

    /** The default as {@link #normalise} would write it, empty where there is none. */
    String normalisedDefault(ToDoubleFunction<String> otherSetting) {
        return defaultText == null ? "" : normalise(defaultText, otherSetting);
    }

    /** Turns any text into one that the strict converter of the type accepts. */
    String normalise(String raw, ToDoubleFunction<String> otherSetting) {
        return switch (kind) {
            case BOOLEAN -> Boolean.toString(SettingText.truthy(raw));
            case INT -> integer(raw, otherSetting, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(raw, otherSetting, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> number(raw, otherSetting);
            case TEXT -> raw.isBlank() ? whenBlank() : raw.strip();
            case LIST -> list(raw);
            case CHOICE -> choice(raw);
        };
    }

    private String integer(String raw, ToDoubleFunction<String> otherSetting, long least, long greatest) {
        OptionalLong parsed = SettingText.integer(raw);
        if (parsed.isPresent() && !ignored((double) parsed.getAsLong())) {
            long value = Math.max(parsed.getAsLong(), (long) minimum(otherSetting));
            return Long.toString(Math.clamp(value, least, greatest));
        }
        return fallback();
    }

    private String number(String raw, ToDoubleFunction<String> otherSetting) {
        OptionalDouble parsed = SettingText.number(raw);
        if (parsed.isPresent() && !ignored(parsed.getAsDouble())) {
            return Double.toString(Math.max(parsed.getAsDouble(), minimum(otherSetting)));
        }
        return fallback();
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

    private String list(String raw) {
        List<String> parts = SettingText.list(raw);
        if (parts.isEmpty()) {
            return whenBlank();
        }
        // the strict list converter takes a backslash for an escape
        return parts.stream().map(part -> part.replace("\\", "\\\\")).collect(Collectors.joining(","));
    }

    private String choice(String raw) {
        String wanted = raw.strip();
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseGet(this::fallback);
    }

    private String whenBlank() {
        return optional ? "" : fallback();
    }

    private String fallback() {
        return defaultText == null ? "" : defaultText;
    }

    static List<String> choicesOf(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? List.of()
                : Arrays.stream(constants).map(Object::toString).toList();
    }
}
