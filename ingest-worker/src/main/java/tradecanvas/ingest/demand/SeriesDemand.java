package tradecanvas.ingest.demand;

/**
 * The demand for one series.
 *
 * @param watchers subscriptions, summed over the gateways
 * @param gateways that have some
 * @param expiresInMs when it ends unless somebody renews it
 */
public record SeriesDemand(String series, long watchers, int gateways, long expiresInMs) {}
