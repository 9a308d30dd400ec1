package tradecanvas.ingest.app;

import java.util.List;
import tradecanvas.ingest.internal.InternalConfig;
import tradecanvas.ingest.mirror.MirrorConfig;
import tradecanvas.ingest.upstream.UpstreamConfig;
import tradecanvas.runtime.config.SettingsCatalog;

/** The settings of the writer. */
public final class WriterSettings implements SettingsCatalog {
    @Override
    public List<Class<?>> mappings() {
        return List.of(WriterConfig.class, MirrorConfig.class, UpstreamConfig.class, InternalConfig.class);
    }
}
