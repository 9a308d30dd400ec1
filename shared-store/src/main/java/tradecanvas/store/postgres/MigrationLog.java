package tradecanvas.store.postgres;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flyway's messages, which tell each step of each start: below the level of ours, except what it warns of. */
public final class MigrationLog implements LogCreator {
    @Override
    public Log createLogger(Class<?> speaker) {
        return new Quiet(LoggerFactory.getLogger(speaker));
    }

    private record Quiet(Logger logger) implements Log {
        @Override
        public void debug(String message) {
            logger.trace(message);
        }

        @Override
        public void info(String message) {
            logger.debug(message);
        }

        @Override
        public void notice(String message) {
            logger.debug(message);
        }

        @Override
        public void warn(String message) {
            logger.debug(message); // out of order and missing migrations are what the two forms of the schema look like
        }

        @Override
        public void error(String message) {
            logger.debug(message); // thrown as well, and logged where it is handled
        }

        @Override
        public void error(String message, Exception failure) {
            logger.debug(message, failure);
        }
    }
}
