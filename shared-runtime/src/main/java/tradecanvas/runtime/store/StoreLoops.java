package tradecanvas.runtime.store;

import io.vertx.core.Vertx;

/**
 * Where the clients of stores run in a process that only reads.
 *
 * <p>Those of the process itself, unless a role whose loops may be busy for seconds brings others: answers that arrived in
 * time must not look late.
 */
public record StoreLoops(Vertx vertx) {}
