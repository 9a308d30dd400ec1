package tradecanvas.runtime.config;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Logs once at the start what the settings are and which variables are not understood. */
@Singleton
public final class SettingsLog {
    private static final Logger LOG = Logger.getLogger(SettingsLog.class);
    private static final int BEFORE_THE_REST = 1;

    private final SmallRyeConfig config;

    public SettingsLog(SmallRyeConfig config) {
        this.config = config;
    }

    void onStart(@Observes @Priority(BEFORE_THE_REST) StartupEvent event) {
        SettingsReport report = SettingsReport.of(
                KnownSettings.discover(),
                givenNames(),
                key -> config.getConfigValue(key).getValue());
        LOG.infof("settings changed %s", line(report.changed()));
        if (!report.unused().isEmpty()) {
            LOG.infof("settings not used by this process names=%s", report.unused());
        }
        report.unknown().forEach((name, nearest) -> LOG.warnf("setting unknown name=%s nearest=%s", name, nearest));
    }

    /** The names that somebody set, as the environment spells them; those of the settings themselves are among them. */
    private List<String> givenNames() {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .flatMap(source -> source.getPropertyNames().stream())
                .filter(name -> name.startsWith(ContractVariables.PREFIX) || name.startsWith(Setting.PREFIX))
                .map(Setting::environmentName)
                .toList();
    }

    private static String line(Map<String, String> changed) {
        return changed.isEmpty()
                ? "none"
                : changed.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }
}
