package tradecanvas.store.api;

import org.jspecify.annotations.Nullable;

/** How far a series reaches; both times are null in an empty series. Unix seconds. */
public record SeriesExtent(@Nullable Long first, @Nullable Long head, long count) {}
