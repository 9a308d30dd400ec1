package tradecanvas.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The migrations by name: a class path inside a Quarkus application cannot be scanned everywhere. */
final class MigrationFiles implements ResourceProvider {
    private static final List<String> COMMON =
            List.of("common/V2__candles.sql", "common/V3__ledgers.sql", "common/V4__mirror_writer.sql");
    private static final List<String> TIMESCALE = List.of("timescale/V1__extension.sql", "timescale/R__hypertable.sql");

    private final List<LoadableResource> files;

    private MigrationFiles(List<LoadableResource> files) {
        this.files = files;
    }

    static MigrationFiles of(PostgresSettings.Timescale timescale) {
        List<LoadableResource> files = new ArrayList<>();
        COMMON.forEach(name -> files.add(MigrationFile.load(name)));
        if (timescale.on()) {
            TIMESCALE.forEach(name -> files.add(MigrationFile.load(name)));
        }
        return new MigrationFiles(files);
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return files.stream()
                .filter(file -> file.getRelativePath().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.stream()
                .filter(file -> file.getFilename().startsWith(prefix))
                .filter(file -> Arrays.stream(suffixes).anyMatch(file.getFilename()::endsWith))
                .toList();
    }

    private static final class MigrationFile extends LoadableResource {
        private final String name;
        private final String text;

        private MigrationFile(String name, String text) {
            this.name = name;
            this.text = text;
        }

        static MigrationFile load(String name) {
            try (InputStream stream = MigrationFiles.class.getResourceAsStream("/postgres/" + name)) {
                if (stream == null) {
                    throw new IllegalStateException("migration " + name + " is not packaged");
                }
                return new MigrationFile(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException("migration " + name + " cannot be read", failure);
            }
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
