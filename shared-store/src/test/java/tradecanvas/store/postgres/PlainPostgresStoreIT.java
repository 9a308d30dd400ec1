package tradecanvas.store.postgres;

import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PlainPostgresStoreIT extends PostgresStoreContract {
    PlainPostgresStoreIT() {
        super(Timescale.OFF);
    }
}
