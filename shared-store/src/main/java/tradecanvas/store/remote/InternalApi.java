package tradecanvas.store.remote;

/** Paths, parameters and bounds of the worker's internal endpoints; both ends of the wire take them from here. */
public final class InternalApi {
    public static final String NEWEST = "/internal/candles/newest";
    public static final String AFTER = "/internal/candles/after";
    public static final String RANGE = "/internal/candles/range";
    public static final String COUNT = "/internal/candles/count";
    public static final String EXTENT = "/internal/candles/extent";
    public static final String GAPS = "/internal/candles/gaps";
    /** A WebSocket: published events and heartbeats to the gateway, demand from it. */
    public static final String FEED = "/internal/feed";

    public static final String DEMAND = "/internal/demand";
    public static final String DIGEST_SERIES = "/internal/digest/series";
    public static final String DIGEST_PARTS = "/internal/digest/parts";
    public static final String DIGEST_ROWS = "/internal/digest/rows";
    public static final String MIRROR_POSITION = "/internal/mirror/position";
    public static final String REPAIRS = "/internal/mirror/repairs";
    public static final String REPAIRS_SETTLE = "/internal/mirror/repairs/settle";
    public static final String MIRROR_LAG = "/internal/mirror/lag";

    /** Candles of one answer at most. */
    public static final int CANDLES_MAX = 20_000;

    /** Gaps of one answer at most. */
    public static final int GAPS_MAX = 50;

    /** The detail of a 503 that a process answers while it stops. */
    public static final String SHUTTING_DOWN = "server_shutting_down";

    private InternalApi() {}
}
