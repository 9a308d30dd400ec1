package tradecanvas.runtime.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which combinations of switches a process does not start with. Pure functions. */
public final class SwitchesCheck {
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SwitchesCheck() {}

    /**
     * Returns where the process may start.
     *
     * @throws StartRefusedException with the contract's text of the first condition that is not met
     */
    public static void verify(SwitchesConfig switches, PostgresConfig postgres, RedisConfig redis) {
        storeRefusal(switches, postgres).or(() -> busRefusal(switches, redis)).ifPresent(text -> {
            throw new StartRefusedException(text);
        });
    }

    private static Optional<String> storeRefusal(SwitchesConfig switches, PostgresConfig postgres) {
        if (!switches.enablePgStore()) {
            return switches.enableDualWrite() || switches.enablePgRead()
                    ? Optional.of("pg_store_required_when_pg_read_or_dual_write_enabled")
                    : Optional.empty();
        }
        if (postgres.postgresDsn().isEmpty()) {
            return Optional.of("postgres_dsn_required_when_pg_store_enabled");
        }
        return SCHEMA.matcher(postgres.postgresSchema()).matches()
                ? Optional.empty()
                : Optional.of("postgres_schema_invalid:" + postgres.postgresSchema());
    }

    private static Optional<String> busRefusal(SwitchesConfig switches, RedisConfig redis) {
        return switches.enableWsPubsub() && redis.redisUrl().isEmpty()
                ? Optional.of("redis_url_required_when_ws_pubsub_enabled")
                : Optional.empty();
    }
}
