package tradecanvas.load.storm;

/** What happens on the series meanwhile, by the names of the command line. */
enum Variant {
    /** Nothing, and the process has served nobody before. */
    cold,
    /** Nothing. */
    quiet,
    /** A candle every 100 ms. */
    live
}
