package tradecanvas.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The environment variables of all roles, for processes of one of them that are given what is meant for the others.
 *
 * <p>A test of standalone, which has all roles, writes the list and holds it.
 */
final class RoleVariables {
    static final String RESOURCE = "/META-INF/trade-canvas-variables.txt";

    private RoleVariables() {}

    static List<String> names() {
        try (InputStream list = Objects.requireNonNull(RoleVariables.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
