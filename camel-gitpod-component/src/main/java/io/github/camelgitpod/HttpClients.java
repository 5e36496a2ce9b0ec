package io.github.camelgitpod;

import io.github.camelgitpod.client.LifeSigns;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Makes HTTP clients from Camel's options. All of a component share one pool of connections. */
final class HttpClients {
    private final OkHttpClient shared =
            LifeSigns.askFor(new OkHttpClient.Builder()).build();

    /**
     * The client for an endpoint.
     *
     * @param ssl the endpoint's TLS settings, else Camel's global ones; null: Java's
     */
    OkHttpClient create(CamelContext context, GitpodConfiguration configuration, SSLContextParameters ssl) {
        if (configuration.getHttpClient() != null) {
            return configuration.getHttpClient();
        }
        OkHttpClient.Builder builder =
                shared.newBuilder().connectTimeout(Duration.ofMillis(configuration.getConnectTimeout()));
        if (configuration.getProxyHost() != null) {
            builder.proxy(new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(configuration.getProxyHost(), configuration.getProxyPort())));
        }
        if (ssl != null) {
            secure(builder, context, ssl);
        }
        return builder.build();
    }

    /** Ends idle connections; those of calls under way end with their calls. */
    void close() {
        shared.connectionPool().evictAll();
        shared.dispatcher().executorService().shutdown();
    }

    private static void secure(OkHttpClient.Builder builder, CamelContext context, SSLContextParameters ssl) {
        try {
            SSLContext sslContext = ssl.createSSLContext(context);
            builder.sslSocketFactory(sslContext.getSocketFactory(), trustManager(ssl));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Option sslContextParameters cannot be used: " + e.getMessage(), e);
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
