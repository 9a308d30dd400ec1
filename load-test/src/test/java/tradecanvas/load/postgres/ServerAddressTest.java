package tradecanvas.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerAddressTest {
    @Test
    void anotherDatabaseKeepsServerAndRole() {
        ServerAddress address = ServerAddress.parse("postgresql://me:p%40ss@db.local:6543/theirs?sslmode=disable")
                .withDatabase("mine");

        assertThat(address.dsn()).isEqualTo("postgresql://me:p%40ss@db.local:6543/mine");
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.local:6543/mine");
        assertThat(address.jdbcProperties()).containsEntry("user", "me").containsEntry("password", "p@ss");
    }

    @Test
    void portAndDatabaseHaveDefaults() {
        assertThat(ServerAddress.parse("postgres://me@localhost"))
                .isEqualTo(new ServerAddress("localhost", 5432, "me", "me"));
    }

    @Test
    void neitherTextNorErrorShowsThePassword() {
        assertThat(ServerAddress.parse("postgresql://me:secret@h/d")).asString().doesNotContain("secret");
        assertThatThrownBy(() -> ServerAddress.parse("host=h password=secret"))
                .hasMessageContaining("postgresql://")
                .hasMessageNotContaining("secret");
    }
}
