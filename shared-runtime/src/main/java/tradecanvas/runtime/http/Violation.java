package tradecanvas.runtime.http;

import java.util.List;

/**
 * One refused value.
 *
 * @param location where it stood: {@code query} or {@code body}, then names and list positions
 * @param inputJson the value as ASCII JSON, cut if it was long
 */
record Violation(Problem problem, List<Object> location, String inputJson) {
    Violation {
        location = List.copyOf(location);
    }
}
