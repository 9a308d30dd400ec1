package tradecanvas.runtime.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Expressions;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the sources of the configuration and its strict converters, and makes every value of a known setting
 * one that they accept. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Threads: any.
 */
@Priority(Priorities.LIBRARY + 700) // outside of the interceptor that expands expressions, which is at 300
public final class SettingsInterceptor implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private final transient KnownSettings settings;

    public SettingsInterceptor() {
        this(KnownSettings.discover());
    }

    SettingsInterceptor(KnownSettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        Setting setting = settings.find(name);
        if (setting == null) {
            return context.proceed(name);
        }
        ConfigValue value = proceed(context, name);
        if (value == null || value.getValue() == null) {
            return value;
        }
        return value.withValue(setting.normalise(value.getValue(), other -> number(context, other)));
    }

    /** A value of the environment is taken as it is: a password may hold a dollar sign and a brace. */
    private static @Nullable ConfigValue proceed(ConfigSourceInterceptorContext context, String name) {
        ConfigValue raw = Expressions.withoutExpansion(() -> context.proceed(name));
        boolean literal = raw != null
                && raw.getConfigSourceName() != null
                && raw.getConfigSourceName().startsWith(EnvConfigSource.NAME);
        return literal ? raw : context.proceed(name);
    }

    private static double number(ConfigSourceInterceptorContext context, String key) {
        ConfigValue value = context.restart(key);
        OptionalDouble number = value == null || value.getValue() == null
                ? OptionalDouble.empty()
                : SettingText.number(value.getValue());
        return number.orElseThrow(() -> new IllegalStateException("the minimum's setting " + key + " is no number"));
    }
}
