package tradecanvas.load.reads;

/** Who may answer the reads, by the names of the command line. */
enum Contender {
    sqlite("standalone, SQLite"),
    postgres("standalone, PostgreSQL"),
    nginx("nginx, static file"),
    sqlite_jdbc("SQLite itself, JDBC"),
    pgjdbc("PostgreSQL itself, pgjdbc");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean needsPostgres() {
        return this == postgres || this == pgjdbc;
    }

    /** Whether it is one of our servers. */
    boolean isOurs() {
        return this == sqlite || this == postgres;
    }

    /** The database that one of our servers asks, by itself. */
    Contender database() {
        return this == postgres ? pgjdbc : sqlite_jdbc;
    }
}
