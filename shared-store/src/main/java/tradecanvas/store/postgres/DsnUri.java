package tradecanvas.store.postgres;

import static tradecanvas.store.postgres.DsnParameters.refusal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads libpq's connection URI; {@code java.net.URI} would refuse passwords that libpq takes.
 *
 * <p>{@code postgresql://[user[:password]@][host][:port][/database][?name=value[&…]]}, each part percent-encoded.
 */
final class DsnUri {
    private DsnUri() {}

    static boolean isUri(String text) {
        return text.startsWith("postgresql://") || text.startsWith("postgres://");
    }

    static DsnParameters read(String text) {
        String rest = text.substring(text.indexOf("://") + 3);
        DsnParameters parameters = new DsnParameters();

        int authorityEnd = indexOfAny(rest, "/?@");
        if (authorityEnd < rest.length() && rest.charAt(authorityEnd) == '@') {
            readUser(rest.substring(0, authorityEnd), parameters);
            rest = rest.substring(authorityEnd + 1);
        }
        int hostEnd = indexOfAny(rest, "/?");
        readHost(rest.substring(0, hostEnd), parameters);

        int queryStart = rest.indexOf('?', hostEnd);
        int pathEnd = queryStart < 0 ? rest.length() : queryStart;
        if (hostEnd < pathEnd) {
            parameters.put("dbname", decoded(rest.substring(hostEnd + 1, pathEnd)));
        }
        if (queryStart >= 0 && queryStart + 1 < rest.length()) {
            readQuery(rest.substring(queryStart + 1), parameters);
        }
        return parameters;
    }

    private static void readUser(String text, DsnParameters parameters) {
        int colon = text.indexOf(':');
        parameters.put("user", decoded(colon < 0 ? text : text.substring(0, colon)));
        if (colon >= 0) {
            parameters.put("password", decoded(text.substring(colon + 1)));
        }
    }

    private static void readHost(String text, DsnParameters parameters) {
        if (text.indexOf(',') >= 0) {
            throw refusal("host names several servers, one is supported");
        }
        int hostEnd;
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket < 0) {
                throw refusal("host has no closing bracket");
            }
            parameters.put("host", text.substring(1, bracket));
            hostEnd = bracket + 1;
        } else {
            hostEnd = indexOfAny(text, ":");
            parameters.put("host", decoded(text.substring(0, hostEnd)));
        }
        if (hostEnd < text.length()) {
            if (text.charAt(hostEnd) != ':') {
                throw refusal("host is not followed by a port, a database or parameters");
            }
            parameters.put("port", decoded(text.substring(hostEnd + 1)));
        }
    }

    private static void readQuery(String text, DsnParameters parameters) {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw refusal("a parameter of the URI has no value");
            }
            parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
    }

    /** Where the first of the characters is; the length of the text where none is. */
    private static int indexOfAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Not URLDecoder: a plus sign is a plus sign here. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.put(octet(raw, i));
                i += 2;
            } else {
                bytes.put(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notText) {
            throw refusal("percent-encoded bytes are no UTF-8 text");
        }
    }

    private static byte octet(byte[] raw, int percent) {
        int high = percent + 2 < raw.length ? Character.digit(raw[percent + 1], 16) : -1;
        int low = percent + 2 < raw.length ? Character.digit(raw[percent + 2], 16) : -1;
        int value = high * 16 + low;
        if (high < 0 || low < 0 || value == 0) {
            throw refusal("a percent sign is not followed by two hexadecimal digits of a character");
        }
        return (byte) value;
    }
}
