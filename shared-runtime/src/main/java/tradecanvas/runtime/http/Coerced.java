package tradecanvas.runtime.http;

/** Input that was read, or why it was not. */
sealed interface Coerced<T> {
    record Accepted<T>(T value) implements Coerced<T> {}

    record Refused<T>(Problem problem) implements Coerced<T> {}

    static <T> Coerced<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Coerced<T> refused(Problem problem) {
        return new Refused<>(problem);
    }
}
