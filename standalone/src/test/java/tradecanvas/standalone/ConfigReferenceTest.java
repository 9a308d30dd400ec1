package tradecanvas.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tradecanvas.runtime.config.SettingsCatalog;

class ConfigReferenceTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("tradecanvas.repository", ".."));
    private static final Path VARIABLES =
            REPOSITORY.resolve("shared-runtime/src/main/resources/META-INF/trade-canvas-variables.txt");
    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `(\\w+)`");
    private static final Path REFERENCE = REPOSITORY.resolve("docs/reference/config.md");

    @Test
    void referenceNamesEverySettingWithItsDefault() throws IOException {
        String generated = generate();
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(REFERENCE, generated);
        }
        assertThat(Files.readString(REFERENCE))
                .as("docs/reference/config.md; CONTRIBUTING.md says how to write it anew")
                .isEqualTo(generated);
    }

    @Test
    void processesOfOneRoleKnowTheVariablesOfAll() throws IOException {
        String names = FIRST_COLUMN
                .matcher(generate())
                .results()
                .map(row -> row.group(1))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(VARIABLES, names);
        }
        assertThat(Files.readString(VARIABLES)).isEqualTo(names);
    }

    private static String generate() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Settings

                Environment variables, read once at start. This page is generated from the interfaces that declare them.

                A switch is on for `1`, `true`, `yes`, `on` in any case and off for everything else. A number that is unset, \
                blank or unreadable is its default; one below the minimum is raised to it. No bad value fails the start; an \
                unknown `TRADE_CANVAS_*` name is logged with the nearest known one.

                """);
        for (Class<?> mapping : mappings()) {
            DocumentedSettings settings = DocumentedSettings.of(mapping, source(mapping));
            page.append("## ").append(settings.title()).append("\n\n");
            page.append("| variable | default | minimum | meaning |\n|---|---|---|---|\n");
            settings.rows().forEach(row -> page.append(row).append('\n'));
            page.append('\n');
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static List<Class<?>> mappings() {
        return ServiceLoader.load(SettingsCatalog.class).stream()
                .flatMap(catalog -> catalog.get().mappings().stream())
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static Path source(Class<?> mapping) throws IOException {
        Path relative = Path.of("src/main/java", mapping.getName().replace('.', '/') + ".java");
        try (var modules = Files.list(REPOSITORY)) {
            return modules.map(module -> module.resolve(relative))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
