package tradecanvas.runtime.app;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.SwitchesCheck;
import tradecanvas.runtime.config.SwitchesConfig;

/** Refuses settings that contradict each other before anything is opened. */
@Singleton
final class StartCheck {
    /** After the settings are in the log. */
    private static final int BEFORE_EVERYTHING_ELSE = 2;

    private final SwitchesConfig switches;
    private final PostgresConfig postgres;

    StartCheck(SwitchesConfig switches, PostgresConfig postgres) {
        this.switches = switches;
        this.postgres = postgres;
    }

    void verify(@Observes @Priority(BEFORE_EVERYTHING_ELSE) StartupEvent event) {
        SwitchesCheck.verify(switches, postgres);
    }
}
