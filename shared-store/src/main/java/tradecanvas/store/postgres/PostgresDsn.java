package tradecanvas.store.postgres;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and who asks, read from the text that libpq takes.
 *
 * <p>Neither its text nor its errors show the password.
 *
 * @param session what the server and the wait for it are told
 */
public record PostgresDsn(String host, int port, String database, Credentials credentials, Tls tls, Session session) {
    /** Who asks. The password is null where the server must not want one. */
    public record Credentials(String user, @Nullable String password) {
        @Override
        public String toString() {
            return user + (password == null ? "" : ":***");
        }
    }

    /**
     * Whether the connection is encrypted, and what the server must prove.
     *
     * @param rootCertificate authorities to trust, PEM; needed by the modes that verify, ignored by the others
     */
    public record Tls(SslMode mode, @Nullable Path rootCertificate) {
        public Tls {
            if (rootCertificate == null && (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL)) {
                throw new IllegalArgumentException("postgres dsn: sslmode " + mode.value + " needs sslrootcert");
            }
        }
    }

    /** {@code connectTimeout} is null where the DSN leaves it to the settings. */
    public record Session(String applicationName, @Nullable Duration connectTimeout) {}

    /**
     * Reads a URI ({@code postgresql://user:password@host:port/database?sslmode=require}) or keywords
     * ({@code host=… port=… dbname=… user=… password='…'}).
     *
     * @throws IllegalArgumentException with a text that names the parameter
     */
    public static PostgresDsn parse(String text) {
        return DsnParameters.read(text).toDsn();
    }

    /** For the client of this adapter. */
    PgConnectOptions connectOptions() {
        String password = credentials.password();
        PgConnectOptions options = new PgConnectOptions();
        options.setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(credentials.user())
                .setPassword(password == null ? "" : password) // the client has a default of its own
                .setSslMode(tls.mode())
                .addProperty("application_name", session.applicationName());
        switch (tls.mode()) {
            case DISABLE -> {}
            case ALLOW, PREFER, REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> {
                options.setTrustOptions(new PemTrustOptions().addCertPath(String.valueOf(tls.rootCertificate())));
                options.setHostnameVerificationAlgorithm(tls.mode() == SslMode.VERIFY_FULL ? "HTTPS" : "");
            }
        }
        return options;
    }

    /** For the driver of the migrations; the rest is in {@link #jdbcProperties}. */
    String jdbcUrl() {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + shownHost + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", credentials.user());
        String password = credentials.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("sslmode", tls.mode().value);
        Path rootCertificate = tls.rootCertificate();
        if (rootCertificate != null) {
            properties.setProperty("sslrootcert", rootCertificate.toString());
        }
        properties.setProperty("ApplicationName", session.applicationName());
        return properties;
    }
}
