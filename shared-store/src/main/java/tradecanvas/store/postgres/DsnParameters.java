package tradecanvas.store.postgres;

import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.postgres.PostgresDsn.Credentials;
import tradecanvas.store.postgres.PostgresDsn.Session;
import tradecanvas.store.postgres.PostgresDsn.Tls;

/** The parameters of a DSN by libpq's names. Of a parameter given twice the later value counts. */
final class DsnParameters {
    private static final Set<String> KNOWN = Set.of(
            "host",
            "port",
            "dbname",
            "user",
            "password",
            "sslmode",
            "sslrootcert",
            "connect_timeout",
            "application_name");
    /** What is no such name may be a part of a password and is not shown. */
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

    private static final String PORT_STANDARD = "5432";
    private static final int PORT_MAX = 65_535;
    private static final String APPLICATION_NAME_STANDARD = "trade-canvas";

    private final Map<String, String> values = new LinkedHashMap<>();

    static DsnParameters read(String text) {
        String trimmed = text.strip();
        return DsnUri.isUri(trimmed) ? DsnUri.read(trimmed) : DsnKeywords.read(trimmed);
    }

    void put(String name, String value) {
        if (!KNOWN.contains(name)) {
            throw refusal(
                    NAME.matcher(name).matches()
                            ? "parameter " + name + " is not known"
                            : "a parameter is none of "
                                    + String.join(", ", KNOWN.stream().sorted().toList()));
        }
        values.put(name, value);
    }

    static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("postgres dsn: " + why);
    }

    PostgresDsn toDsn() {
        String user = orStandard("user", System.getProperty("user.name", "postgres"));
        return new PostgresDsn(
                host(),
                port(),
                orStandard("dbname", user),
                new Credentials(user, blankAsNull("password")),
                new Tls(sslMode(), rootCertificate()),
                new Session(orStandard("application_name", APPLICATION_NAME_STANDARD), connectTimeout()));
    }

    private String host() {
        String host = orStandard("host", "localhost");
        if (host.indexOf(',') >= 0 || orStandard("port", PORT_STANDARD).indexOf(',') >= 0) {
            throw refusal("host names several servers, one is supported");
        }
        if (host.startsWith("/") || host.startsWith("@")) {
            throw refusal("host is a Unix socket, a TCP host is needed");
        }
        return host;
    }

    private int port() {
        String text = orStandard("port", PORT_STANDARD);
        int port = wholeNumber("port", text);
        if (port < 1 || port > PORT_MAX) {
            throw refusal("port is not within 1.." + PORT_MAX);
        }
        return port;
    }

    private SslMode sslMode() {
        String text = orStandard("sslmode", SslMode.PREFER.value); // as libpq and the JDBC driver
        for (SslMode mode : SslMode.values()) {
            if (mode.value.equals(text)) {
                return mode;
            }
        }
        throw refusal("sslmode is none of disable, allow, prefer, require, verify-ca, verify-full");
    }

    private @Nullable Path rootCertificate() {
        String text = blankAsNull("sslrootcert");
        return text == null ? null : Path.of(text);
    }

    /** Zero and below wait without end in libpq; here the settings bound the wait then. */
    private @Nullable Duration connectTimeout() {
        int seconds = wholeNumber("connect_timeout", orStandard("connect_timeout", "0"));
        return seconds <= 0 ? null : Duration.ofSeconds(seconds);
    }

    /** The text may be a part of a password that was not encoded, so it is not shown. */
    private static int wholeNumber(String name, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            throw refusal(name + " is no whole number");
        }
    }

    private String orStandard(String name, String standard) {
        String value = blankAsNull(name);
        return value == null ? standard : value;
    }

    private @Nullable String blankAsNull(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
