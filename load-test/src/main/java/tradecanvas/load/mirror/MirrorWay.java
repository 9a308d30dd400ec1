package tradecanvas.load.mirror;

/** A way for rows to get into PostgreSQL. */
enum MirrorWay {
    POSTED("server, acknowledged (SQLite has it)"),
    MIRRORED("server, first post until the mirror has all"),
    BACKLOG("server, what was left at the last post"),
    BACKFILL("server, backfill"),
    COPY("plain, one COPY"),
    UNNEST_5000("plain, unnest batches of 5000"),
    UNNEST_500("plain, unnest batches of 500"),
    ROWS("plain, one row a commit");

    private final String title;

    MirrorWay(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
