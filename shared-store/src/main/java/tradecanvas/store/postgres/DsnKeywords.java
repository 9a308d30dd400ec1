package tradecanvas.store.postgres;

import static tradecanvas.store.postgres.DsnParameters.refusal;

/**
 * Reads libpq's keyword form: {@code name = value} pairs between blanks; a value with blanks stands in single quotes, and a
 * backslash makes the next character a plain one.
 */
final class DsnKeywords {
    private final String text;
    private int position;

    private DsnKeywords(String text) {
        this.text = text;
    }

    static DsnParameters read(String text) {
        return new DsnKeywords(text).read();
    }

    private DsnParameters read() {
        DsnParameters parameters = new DsnParameters();
        for (skipBlanks(); position < text.length(); skipBlanks()) {
            String name = name();
            parameters.put(name, value());
        }
        return parameters;
    }

    private String name() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '=' && !isBlank(text.charAt(position))) {
            position++;
        }
        String name = text.substring(start, position);
        skipBlanks();
        if (position == text.length() || text.charAt(position) != '=') {
            throw refusal("neither a postgresql:// URI nor name=value pairs");
        }
        position++;
        skipBlanks();
        return name;
    }

    private String value() {
        boolean quoted = position < text.length() && text.charAt(position) == '\'';
        if (quoted) {
            position++;
        }
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char character = text.charAt(position++);
            if (quoted ? character == '\'' : isBlank(character)) {
                return value.toString();
            }
            if (character == '\\' && position < text.length()) {
                character = text.charAt(position++);
            }
            value.append(character);
        }
        if (quoted) {
            throw refusal("a quoted value has no closing quote");
        }
        return value.toString();
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    /** C's isspace. */
    private static boolean isBlank(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
