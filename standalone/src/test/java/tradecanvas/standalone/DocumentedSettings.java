package tradecanvas.standalone;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import tradecanvas.runtime.config.AtLeast;

/** The settings of one interface with what their Javadoc says, as rows of a table. */
record DocumentedSettings(String title, List<String> rows) {
    static DocumentedSettings of(Class<?> mapping, Path source) throws IOException {
        Map<String, String> javadoc = javadoc(source);
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        List<String> rows = Arrays.stream(mapping.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(method -> row(prefix, method, javadoc))
                .sorted()
                .toList();
        String title = meaning(javadoc, mapping.getSimpleName());
        return new DocumentedSettings(title.endsWith(".") ? title.substring(0, title.length() - 1) : title, rows);
    }

    private static String row(String prefix, Method method, Map<String, String> javadoc) {
        String key = prefix + "." + method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2");
        WithDefault standard = method.getAnnotation(WithDefault.class);
        AtLeast least = method.getAnnotation(AtLeast.class);
        return "| `" + variable(key) + "` | " + (standard == null ? "" : "`" + standard.value() + "`") + " | "
                + (least == null ? "" : minimum(least)) + " | " + meaning(javadoc, method.getName()) + " |";
    }

    private static String minimum(AtLeast least) {
        if (least.key().isEmpty()) {
            return number(least.value());
        }
        return "`" + variable(least.key()) + "`" + (least.value() == 0 ? "" : " + " + number(least.value()));
    }

    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String meaning(Map<String, String> javadoc, String name) {
        return Objects.requireNonNull(javadoc.get(name), () -> name + " has no Javadoc")
                .replaceAll("\\{@code ([^{}]*(\\{[^{}]*\\}[^{}]*)?)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static Map<String, String> javadoc(Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            DocTrees docs = DocTrees.instance(task);
            ClassTree type = (ClassTree) unit.getTypeDecls().getFirst();
            TreePath path = TreePath.getPath(unit, type);
            Map<String, String> texts = new HashMap<>();
            texts.put(type.getSimpleName().toString(), docs.getDocComment(path));
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method) {
                    texts.put(method.getName().toString(), docs.getDocComment(new TreePath(path, method)));
                }
            }
            return texts;
        }
    }
}
