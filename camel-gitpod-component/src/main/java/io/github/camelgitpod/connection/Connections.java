package io.github.camelgitpod.connection;

import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import io.github.camelgitpod.client.http.LifeSigns;
import io.github.camelgitpod.client.http.OkHttpGitpodClient;
import io.github.camelgitpod.client.http.RequestGates;
import io.github.camelgitpod.option.OptionErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How the endpoints of one component reach the API. They share a pool of connections for requests (a stream has one of its
 * own), and the gates of each credential.
 */
public final class Connections {
    private final Supplier<CamelContext> context;
    private final Supplier<String> componentToken;
    private final Supplier<SSLContextParameters> globalTls;
    private final RequestGates gates = new RequestGates();
    private OkHttpClient shared;

    /**
     * @param context        known by the time a client is made
     * @param componentToken the component's token of this moment; null: it has none
     * @param globalTls      Camel's TLS settings for all components; null: there are none
     */
    public Connections(
            Supplier<CamelContext> context, Supplier<String> componentToken, Supplier<SSLContextParameters> globalTls) {
        this.context = context;
        this.componentToken = componentToken;
        this.globalTls = globalTls;
    }

    /**
     * A new client with an endpoint's options, to be closed by the caller.
     *
     * @param meter counts its requests
     * @throws IllegalArgumentException naming the option that is wrong, its value and what is allowed
     */
    public GitpodClient open(GitpodConfiguration endpoint, RequestMeter meter) {
        GitpodClientSettings settings = options(endpoint).toClientSettings();
        OkHttpClient client = httpClient(endpoint);
        if (!endpoint.isAllowInsecureHttp()) {
            PlainHttp.refuseToLeave(settings.baseUrl(), client);
        }
        return new OkHttpGitpodClient(settings, client, gates, meter);
    }

    /**
     * The address of the API that an endpoint uses, without anything secret.
     *
     * @throws IllegalArgumentException when the options of the address or of the proxy are wrong
     */
    public String baseUrl(GitpodConfiguration endpoint) {
        ConnectionOptions options = options(endpoint);
        options.checkProxy();
        return options.baseUrl().toString();
    }

    /** Ends idle connections; those of calls under way end with their calls. */
    public synchronized void close() {
        if (shared != null) {
            shared.connectionPool().evictAll();
            shared.dispatcher().executorService().shutdown();
            shared = null;
        }
    }

    private ConnectionOptions options(GitpodConfiguration endpoint) {
        return new ConnectionOptions(context.get(), endpoint, componentToken);
    }

    private synchronized OkHttpClient httpClient(GitpodConfiguration endpoint) {
        if (endpoint.getHttpClient() != null) {
            return endpoint.getHttpClient();
        }
        if (shared == null) {
            shared = LifeSigns.askFor(new OkHttpClient.Builder()).build();
        }
        OkHttpClient.Builder builder =
                shared.newBuilder().connectTimeout(Duration.ofMillis(endpoint.getConnectTimeout()));
        if (endpoint.getProxyHost() != null) {
            builder.proxy(new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(endpoint.getProxyHost(), endpoint.getProxyPort())));
        }
        SSLContextParameters tls =
                endpoint.getSslContextParameters() != null ? endpoint.getSslContextParameters() : globalTls.get();
        if (tls != null) {
            secure(builder, context.get(), tls);
        }
        return builder.build();
    }

    private static void secure(OkHttpClient.Builder builder, CamelContext context, SSLContextParameters ssl) {
        try {
            SSLContext sslContext = ssl.createSSLContext(context);
            builder.sslSocketFactory(sslContext.getSocketFactory(), trustManager(ssl));
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
