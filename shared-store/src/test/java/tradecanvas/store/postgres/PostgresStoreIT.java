package tradecanvas.store.postgres;

import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PostgresStoreIT extends PostgresStoreContract {
    PostgresStoreIT() {
        super(Timescale.STANDARD);
    }
}
