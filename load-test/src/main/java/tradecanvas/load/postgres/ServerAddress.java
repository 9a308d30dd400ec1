package tradecanvas.load.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is and who asks. Its text does not show the password.
 *
 * @param userInfo as in a URI, {@code user} or {@code user:password}, escaped
 */
record ServerAddress(String host, int port, String userInfo, String database) {
    private static final int PORT_DEFAULT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/database}.
     *
     * @throws IllegalArgumentException without showing the text, which may hold a password
     */
    static ServerAddress parse(String dsn) {
        URI uri = uri(dsn);
        String host = uri == null ? null : uri.getHost();
        if (uri == null
                || host == null
                || uri.getRawUserInfo() == null
                || !("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "the benchmarks read the DSN as postgresql://user:password@host:port/database only");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String database = path.length() > 1 ? path.substring(1) : userOf(uri.getUserInfo());
        int port = uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort();
        return new ServerAddress(host, port, uri.getRawUserInfo(), database);
    }

    ServerAddress withDatabase(String name) {
        return new ServerAddress(host, port, userInfo, name);
    }

    /** As the server under test takes it. */
    String dsn() {
        return "postgresql://" + userInfo + "@" + host + ":" + port + "/" + database;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** User and password, and prepared statements from the first execution on, so that values are sent in binary. */
    Properties jdbcProperties() {
        String plain = URI.create("postgresql://" + userInfo + "@host/").getUserInfo();
        Properties properties = new Properties();
        properties.setProperty("user", userOf(plain));
        if (plain.indexOf(':') >= 0) {
            properties.setProperty("password", plain.substring(plain.indexOf(':') + 1));
        }
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("ApplicationName", "load-test");
        return properties;
    }

    private static String userOf(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0 ? userInfo : userInfo.substring(0, colon);
    }

    private static @Nullable URI uri(String dsn) {
        try {
            return new URI(dsn);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
