package tradecanvas.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with one request, in the order in which it is read. Owner: one request. */
final class Violations {
    /** Violations listed in one answer; the rest is only counted, in a last entry. */
    static final int LISTED_MAX = 100;

    private final List<Violation> listed = new ArrayList<>();
    private long notListed;

    void add(Problem problem, List<Object> location, Supplier<String> inputJson) {
        if (listed.size() < LISTED_MAX) {
            listed.add(new Violation(problem, location, inputJson.get()));
        } else {
            notListed++;
        }
    }

    void addAll(Violations more) {
        more.listed.forEach(violation -> add(violation.problem(), violation.location(), violation::inputJson));
        notListed += more.notListed;
    }

    boolean isEmpty() {
        return listed.isEmpty();
    }

    /**
     * Ends the request if anything is wrong.
     *
     * @throws ValidationException with everything that was collected
     */
    void verify() {
        if (listed.isEmpty()) {
            return;
        }
        if (notListed > 0) {
            Problem rest = Problem.notShown(listed.size(), notListed);
            listed.add(new Violation(rest, listed.getFirst().location().subList(0, 1), "null"));
        }
        throw new ValidationException(listed);
    }
}
