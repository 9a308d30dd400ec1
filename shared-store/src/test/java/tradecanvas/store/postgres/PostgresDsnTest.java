package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDsnTest {
    @Test
    void uriGivesEveryPart() {
        PostgresDsn dsn = PostgresDsn.parse(
                "postgresql://me:secret@db.example:6432/market?sslmode=require&connect_timeout=7&application_name=app");
        assertThat(dsn.host()).isEqualTo("db.example");
        assertThat(dsn.port()).isEqualTo(6432);
        assertThat(dsn.database()).isEqualTo("market");
        assertThat(dsn.credentials()).isEqualTo(new PostgresDsn.Credentials("me", "secret"));
        assertThat(dsn.tls().mode()).isEqualTo(SslMode.REQUIRE);
        assertThat(dsn.session()).isEqualTo(new PostgresDsn.Session("app", Duration.ofSeconds(7)));
    }

    @Test
    void whatTheUriLeavesOutIsAsInLibpq() {
        PostgresDsn dsn = PostgresDsn.parse("postgres://me@");
        assertThat(dsn.host()).isEqualTo("localhost");
        assertThat(dsn.port()).isEqualTo(5432);
        assertThat(dsn.database()).as("named like the user").isEqualTo("me");
        assertThat(dsn.credentials().password()).isNull();
        assertThat(dsn.tls().mode()).isEqualTo(SslMode.PREFER);
        assertThat(dsn.session()).isEqualTo(new PostgresDsn.Session("trade-canvas", null));
        assertThat(PostgresDsn.parse("postgresql://").credentials().user()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void partsOfTheUriArePercentEncoded() {
        PostgresDsn dsn = PostgresDsn.parse("postgresql://m%40e:p%2Fa%3As%C3%A9+%25@h:1/d%20b?application_name=a%26b");
        assertThat(dsn.credentials()).isEqualTo(new PostgresDsn.Credentials("m@e", "p/a:sé+%"));
        assertThat(dsn.database()).isEqualTo("d b");
        assertThat(dsn.session().applicationName()).isEqualTo("a&b");
    }

    @Test
    void parametersOfTheUriMayNameEveryPart() {
        PostgresDsn dsn = PostgresDsn.parse("postgresql:///?host=h&port=7&dbname=d&user=u&password=p");
        assertThat(dsn)
                .isEqualTo(PostgresDsn.parse("host=h port=7 dbname=d user=u password=p"))
                .isEqualTo(PostgresDsn.parse("postgresql://u:p@h:7/d"));
    }

    @ParameterizedTest
    @CsvSource({"postgresql://u@[::1]:7/d, ::1, 7", "postgresql://u@[fe80::1]/d, fe80::1, 5432"})
    void addressOfSixteenBytesStandsInBrackets(String text, String host, int port) {
        PostgresDsn dsn = PostgresDsn.parse(text);
        assertThat(dsn.host()).isEqualTo(host);
        assertThat(dsn.port()).isEqualTo(port);
        assertThat(dsn.jdbcUrl()).isEqualTo("jdbc:postgresql://[" + host + "]:" + port + "/d");
    }

    @Test
    void keywordsAreQuotedAndEscapedAsInLibpq() {
        PostgresDsn dsn =
                PostgresDsn.parse("  host = h\tuser='m e' password='it\\'s \\\\ =x' dbname=a\\ b port=7 sslmode=''");
        assertThat(dsn.host()).isEqualTo("h");
        assertThat(dsn.credentials()).isEqualTo(new PostgresDsn.Credentials("m e", "it's \\ =x"));
        assertThat(dsn.database()).isEqualTo("a b");
        assertThat(dsn.tls().mode()).isEqualTo(SslMode.PREFER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:hush@h/d?gssencmode=disable | parameter gssencmode is not known",
                "host=h password=hush options=-c | parameter options is not known",
                "postgresql://u:hush@a,b:1/d | host names several servers, one is supported",
                "host=a,b password=hush | host names several servers, one is supported",
                "host=a port=1,2 password=hush | host names several servers, one is supported",
                "host=/var/run/postgresql password=hush | host is a Unix socket, a TCP host is needed",
                "postgresql://u:hush@%2Fsocket/d | host is a Unix socket, a TCP host is needed",
                "postgresql://u:hush@h:0/d | port is not within 1..65535",
                "host=h port=65536 password=hush | port is not within 1..65535",
                "host=h connect_timeout=soon password=hush | connect_timeout is no whole number",
                "host=h sslmode=maybe password=hush | sslmode is none of",
                "host=h sslmode=verify-full password=hush | sslmode verify-full needs sslrootcert",
                "host=h password='hush | a quoted value has no closing quote",
                "postgresql://u:hush%2@h/d | percent sign",
                "postgresql://u:hush%00@h/d | percent sign",
                "postgresql://u:hush%FF@h/d | no UTF-8 text",
                "postgresql://u:hush@[::1/d | no closing bracket",
                "postgresql://u:hush@[::1]x/d | not followed by",
                "postgresql://u:hush@h/d?sslmode | has no value",
            })
    void refusalNamesTheParameterAndNotThePassword(String text, String why) {
        assertThatThrownBy(() -> PostgresDsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postgres dsn: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hush",
                "mysql://u:hush@h/d",
                "mysql://u:hush@h/d?x=1",
                "postgresql://u:hush/slash@h:1/d",
                "postgresql://u:hu?sh@h/d=hush",
                "password = hush hush=1 hush"
            })
    void textThatIsNoDsnIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> PostgresDsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postgres dsn: ")
                .satisfies(failure -> assertThat(failure.toString().replace("parameter hush", ""))
                        .doesNotContain("hush"));
    }

    @Test
    void textOfADsnHidesThePassword() {
        PostgresDsn dsn = PostgresDsn.parse("postgresql://me:hush@h:1/d");
        assertThat(dsn.toString()).contains("me:***").doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({"disable, false", "allow, true", "prefer, true", "require, true"})
    void bothClientsAreToldTheSame(String mode, boolean trustsAll) {
        PostgresDsn dsn = PostgresDsn.parse("postgresql://me:hush@h:1/d%20%26b?application_name=app&sslmode=" + mode);
        PgConnectOptions options = dsn.connectOptions();
        assertThat(options.getHost()).isEqualTo("h");
        assertThat(options.getPort()).isEqualTo(1);
        assertThat(options.getDatabase()).isEqualTo("d &b");
        assertThat(options.getUser()).isEqualTo("me");
        assertThat(options.getPassword()).isEqualTo("hush");
        assertThat(options.getSslMode().value).isEqualTo(mode);
        assertThat(options.isTrustAll()).isEqualTo(trustsAll);
        assertThat(options.getProperties()).containsEntry("application_name", "app");

        Properties properties = dsn.jdbcProperties();
        assertThat(dsn.jdbcUrl()).isEqualTo("jdbc:postgresql://h:1/d%20%26b");
        assertThat(properties)
                .containsEntry("user", "me")
                .containsEntry("password", "hush")
                .containsEntry("sslmode", mode)
                .containsEntry("ApplicationName", "app");
    }

    @ParameterizedTest
    @CsvSource({"verify-ca, ''", "verify-full, HTTPS"})
    void verifyingModesTrustTheirCertificateOnly(String mode, String nameCheck) {
        PostgresDsn dsn = PostgresDsn.parse("host=h user=u sslrootcert=/etc/ca.pem sslmode=" + mode);
        PgConnectOptions options = dsn.connectOptions();
        assertThat(options.getSslMode().value).isEqualTo(mode);
        assertThat(options.isTrustAll()).isFalse();
        assertThat(options.getTrustOptions()).isNotNull();
        assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo(nameCheck);
        assertThat(dsn.jdbcProperties()).containsEntry("sslrootcert", "/etc/ca.pem");
    }
}
