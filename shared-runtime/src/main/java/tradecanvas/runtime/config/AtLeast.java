package tradecanvas.runtime.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least value of a number setting; a smaller one is raised to it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AtLeast {
    /** The minimum, or what is added to the other setting's value where {@link #key} names one. */
    double value();

    /** A setting, such as {@code trade-canvas.postgres-pool-min-size}, whose value is the base of this minimum. */
    String key() default "";
}
