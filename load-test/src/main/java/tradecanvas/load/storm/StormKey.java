package tradecanvas.load.storm;

/** What was measured. */
record StormKey(String server, Variant variant) {}
