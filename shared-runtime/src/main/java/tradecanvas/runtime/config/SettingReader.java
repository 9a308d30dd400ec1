package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a mapping interface from its methods and annotations. */
final class SettingReader {
    private SettingReader() {}

    /**
     * The settings of one interface.
     *
     * @throws IllegalArgumentException where a method has a type that has no lenient reading: a mistake of the programmer
     */
    static List<Setting> read(Class<?> mapping) {
        ConfigMapping annotation = mapping.getAnnotation(ConfigMapping.class);
        if (annotation == null) {
            throw new IllegalArgumentException(mapping + " is no @ConfigMapping interface");
        }
        List<Setting> settings = new ArrayList<>();
        for (Method method : mapping.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                settings.add(read(annotation.prefix(), method));
            }
        }
        return settings;
    }

    private static Setting read(String prefix, Method method) {
        WithName name = method.getAnnotation(WithName.class);
        WithDefault defaultValue = method.getAnnotation(WithDefault.class);
        Type type = method.getGenericReturnType();
        boolean optional = isOptional(method.getReturnType());
        Type content =
                type instanceof ParameterizedType generic && optional ? generic.getActualTypeArguments()[0] : type;
        return new Setting(
                prefix + "." + (name == null ? StringUtil.skewer(method.getName()) : name.value()),
                kind(content, method),
                optional,
                choices(content),
                defaultValue == null ? null : defaultValue.value(),
                floor(method),
                method.isAnnotationPresent(Secret.class));
    }

    private static List<String> choices(Type type) {
        return type instanceof Class<?> choice && choice.isEnum()
                ? Arrays.stream(choice.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : List.of();
    }

    private static boolean isOptional(Class<?> type) {
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }

    private static Setting.Kind kind(Type type, Method method) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Setting.Kind.LIST;
        }
        return switch (type.getTypeName()) {
            case "boolean", "java.lang.Boolean" -> Setting.Kind.BOOLEAN;
            case "int", "java.lang.Integer", "java.util.OptionalInt" -> Setting.Kind.INT;
            case "long", "java.lang.Long", "java.util.OptionalLong" -> Setting.Kind.LONG;
            case "double", "java.lang.Double", "java.util.OptionalDouble" -> Setting.Kind.FLOAT;
            case "java.lang.String" -> Setting.Kind.TEXT;
            default -> otherKind(type, method);
        };
    }

    private static Setting.Kind otherKind(Type type, Method method) {
        if (type == Path.class) {
            return Setting.Kind.TEXT;
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            return Setting.Kind.CHOICE;
        }
        throw new IllegalArgumentException(method + " has no lenient reading of its type " + type.getTypeName());
    }

    private static Setting.@Nullable Floor floor(Method method) {
        AtLeast atLeast = method.getAnnotation(AtLeast.class);
        if (atLeast != null) {
            return new Setting.Floor(atLeast.value(), atLeast.key(), false);
        }
        IgnoreBelow ignoreBelow = method.getAnnotation(IgnoreBelow.class);
        return ignoreBelow == null ? null : new Setting.Floor(ignoreBelow.value(), "", true);
    }
}
