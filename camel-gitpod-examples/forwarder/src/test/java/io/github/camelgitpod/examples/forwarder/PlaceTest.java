package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the place is called, and what is said when it cannot be used. */
class PlaceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db.example.com:5432/audit?password=canary | jdbc:postgresql://db.example.com:5432",
                "jdbc:postgresql://one,two:5433/audit | jdbc:postgresql://one,two:5433",
                "jdbc:postgresql:audit?password=canary | jdbc:postgresql",
                "jdbc:sqlserver://db:1433;password=canary | jdbc:sqlserver://db:1433",
                "jdbc:mysql://u:canary@db/audit | jdbc:mysql",
                "jdbc:mysql://u:ca/na@ry@db/audit | jdbc:mysql",
                "jdbc:mysql://(host=db,password=canary)/audit | jdbc:mysql",
                "jdbc:mysql://db,(host=db2,password=canary)/audit | jdbc:mysql",
                "jdbc:oracle:thin:u/canary@//db:1521/audit | jdbc:oracle",
                "jdbc:h2:mem:audit;PASSWORD=canary | jdbc:h2"
            })
    void aUrlIsShownUpToItsHost(String url, String shown) {
        assertThat(place(url)).hasToString("the database " + shown);
    }

    @Test
    void theCauseOfAFailureIsSaidAndNotThePoolsTimeout() {
        Place place = place("jdbc:postgresql://db.example.com/audit");
        Exception refused = new IllegalStateException(
                new SQLTransientConnectionException("timed out", new SQLException(new ConnectException("refused"))));
        assertThat(place.explained(refused))
                .hasMessageStartingWith("state.url: the database jdbc:postgresql://db.example.com cannot be used:"
                        + " java.net.ConnectException: refused. Look after it");
        Exception tls = new SQLTransientConnectionException(
                "timed out", new SQLException("SSL error", new SSLHandshakeException("no valid certification path")));
        assertThat(place.explained(tls)).hasMessageContaining("SSLHandshakeException: no valid certification path");
        Exception other = new IllegalStateException("of something else");
        assertThat(place.explained(other)).isSameAs(other);
    }

    private static Place place(String url) {
        return new Place(Settings.read(
                null, Map.of("FORWARDER_STATE_URL", url, "FORWARDER_FILE_PATH", "audit-log.jsonl"), Map.of()));
    }
}
