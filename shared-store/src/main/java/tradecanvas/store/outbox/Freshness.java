package tradecanvas.store.outbox;

/** What is known about the mirror's copy of a series. */
public enum Freshness {
    /** It has everything of the series that was published so far. */
    CURRENT,
    /** It may lack something that was published, or nobody knows and the truth can be asked: the truth must answer. */
    BEHIND,
    /** Nobody can say, as the truth cannot be reached; if that is so, the mirror is the best there is. */
    UNKNOWN
}
