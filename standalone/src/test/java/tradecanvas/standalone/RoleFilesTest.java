package tradecanvas.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The settings of a role's own process do not reach the process of all roles, though its jar brings them along. */
class RoleFilesTest {
    private static final String FILE = "application.properties";
    private static final String ORDINAL = "config_ordinal";
    private static final int OF_THE_APPLICATION = 250;

    private final List<Properties> roles = new ArrayList<>();
    private Properties standalone = new Properties();

    RoleFilesTest() throws IOException {
        for (URL file : Collections.list(RoleFilesTest.class.getClassLoader().getResources(FILE))) {
            Properties properties = load(file);
            if (properties.containsKey(ORDINAL)) {
                roles.add(properties);
            } else {
                standalone = properties;
            }
        }
    }

    @Test
    void everyRoleWithAProcessIsSeenHere() {
        assertThat(roles)
                .extracting(role -> role.getProperty("quarkus.application.name"))
                .contains("trade-canvas-ingest-worker", "trade-canvas-read-api", "trade-canvas-ws-gateway");
        assertThat(standalone.getProperty("quarkus.application.name")).isEqualTo("trade-canvas");
    }

    @Test
    void standaloneSetsEachKeyOfARoleAndGoesBefore() {
        for (Properties role : roles) {
            assertThat(Integer.parseInt(role.getProperty(ORDINAL))).isLessThan(OF_THE_APPLICATION);
            Set<String> keys = new TreeSet<>(role.stringPropertyNames());
            keys.remove(ORDINAL);
            assertThat(standalone.stringPropertyNames())
                    .as(role.getProperty("quarkus.application.name"))
                    .containsAll(keys);
        }
    }

    private static Properties load(URL file) {
        try (InputStream in = file.openStream()) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
