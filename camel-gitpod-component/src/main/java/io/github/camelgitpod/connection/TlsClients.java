package io.github.camelgitpod.connection;

import io.github.camelgitpod.option.OptionErrors;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Clients with TLS settings. Those of one context share what was loaded of them, and so their connections, if they are made within a minute:
 * many routes that start together. One that starts later reads the files anew, which may have been renewed.
 */
final class TlsClients {
    private static final long TOGETHER = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private Made last;

    private record Made(SSLContextParameters settings, OkHttpClient base, OkHttpClient client, long at) {}

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime()} */
    TlsClients(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A client like another one, with these settings.
     *
     * @throws IllegalArgumentException when they cannot be used
     */
    synchronized OkHttpClient of(SSLContextParameters settings, OkHttpClient base, CamelContext context) {
        long now = nanoTime.getAsLong();
        if (last == null || last.settings != settings || last.base != base || now - last.at >= TOGETHER) {
            last = new Made(settings, base, secured(settings, base, context), now);
        }
        return last.client;
    }

    private static OkHttpClient secured(SSLContextParameters settings, OkHttpClient base, CamelContext context) {
        try {
            SSLContext sslContext = settings.createSSLContext(context);
            return base.newBuilder()
                    .sslSocketFactory(sslContext.getSocketFactory(), trustManager(settings))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw OptionErrors.withoutValue(
                    "sslContextParameters", "cannot be used: " + e.getMessage(), "TLS settings that can be loaded", e);
        }
    }

    private static X509TrustManager trustManager(SSLContextParameters ssl)
            throws GeneralSecurityException, IOException {
        return Arrays.stream(
                        ssl.getTrustManagers() != null ? ssl.getTrustManagers().createTrustManagers() : javaDefault())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("it has no X.509 trust manager"));
    }

    private static TrustManager[] javaDefault() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }
}
