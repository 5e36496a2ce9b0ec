package io.github.camelgitpod.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;

/** How often TLS settings are loaded, when many routes have the same. */
class TlsClientsTest {
    private final CamelContext context = new DefaultCamelContext();
    private final OkHttpClient base = new OkHttpClient();
    private long nanos;
    private final TlsClients clients = new TlsClients(() -> nanos);

    private static final class CountedSettings extends SSLContextParameters {
        private int loaded;

        @Override
        public SSLContext createSSLContext(CamelContext camelContext) throws GeneralSecurityException, IOException {
            loaded++;
            return super.createSSLContext(camelContext);
        }
    }

    @Test
    void routesThatStartTogetherLoadThemOnceAndShareConnections() {
        CountedSettings settings = new CountedSettings();
        OkHttpClient first = clients.of(settings, base, context);
        for (int i = 0; i < 100; i++) {
            OkHttpClient another = clients.of(settings, base, context);
            // What OkHttp compares before it takes a connection that is there.
            assertThat(another.sslSocketFactory()).isSameAs(first.sslSocketFactory());
            assertThat(another.connectionPool()).isSameAs(base.connectionPool());
        }

        assertThat(settings.loaded).isEqualTo(1);
    }

    @Test
    void aRouteThatStartsLaterReadsWhatMayHaveBeenRenewed() {
        CountedSettings settings = new CountedSettings();
        clients.of(settings, base, context);
        nanos += Duration.ofMinutes(1).toNanos();
        clients.of(settings, base, context);

        assertThat(settings.loaded).isEqualTo(2);
    }

    @Test
    void othersHaveTheirOwn() {
        CountedSettings settings = new CountedSettings();
        OkHttpClient first = clients.of(settings, base, context);

        assertThat(clients.of(new CountedSettings(), base, context).sslSocketFactory())
                .isNotSameAs(first.sslSocketFactory());
        assertThat(clients.of(settings, base, context).sslSocketFactory()).isNotSameAs(first.sslSocketFactory());
    }
}
