package tradecanvas.load.ingest;

/** A way of writing: {@code kind} with its number of posters or of rows. */
record Way(Kind kind, int number) {
    /** Who writes. */
    enum Kind {
        SQLITE("SQLite, rows a commit: ", true),
        POSTGRES("PostgreSQL, rows a commit: ", true),
        POSTERS("server, posters of single candles: ", false),
        BATCHES("server, rows a batch: ", true),
        DUAL_POSTERS("dual write, posters of single candles: ", false),
        DUAL_BATCHES("dual write, rows a batch: ", true);

        private final String title;
        private final boolean batches;

        Kind(String title, boolean batches) {
            this.title = title;
            this.batches = batches;
        }
    }

    String name() {
        return kind.title + number;
    }

    /** What plain SQLite does that compares with it. */
    Way sqlite() {
        return new Way(Kind.SQLITE, kind.batches ? number : 1);
    }

    /** What plain PostgreSQL does with batches of the same size. */
    Way postgres() {
        return new Way(Kind.POSTGRES, number);
    }

    boolean comparesWithPostgres() {
        return kind == Kind.POSTGRES || kind == Kind.DUAL_BATCHES;
    }

    boolean isPosters() {
        return kind == Kind.POSTERS || kind == Kind.DUAL_POSTERS;
    }
}
