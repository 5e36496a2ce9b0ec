package io.github.camelgitpod.connection;

import io.github.camelgitpod.GitpodConfiguration;
import io.github.camelgitpod.client.GitpodClient;
import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.client.http.GitpodClientSettings;
import io.github.camelgitpod.client.http.LifeSigns;
import io.github.camelgitpod.client.http.OkHttpGitpodClient;
import io.github.camelgitpod.client.http.RequestGates;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private final TlsClients tls;
    private OkHttpClient shared;

    /**
     * @param context        known by the time a client is made
     * @param componentToken the component's token of this moment; null: it has none
     * @param globalTls      Camel's TLS settings for all components; null: there are none
     * @param nanoTime       a monotonic clock, such as {@link System#nanoTime()}
     */
    public Connections(
            Supplier<CamelContext> context,
            Supplier<String> componentToken,
            Supplier<SSLContextParameters> globalTls,
            LongSupplier nanoTime) {
        this.context = context;
        this.componentToken = componentToken;
        this.globalTls = globalTls;
        this.tls = new TlsClients(nanoTime);
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
        SSLContextParameters settings =
                endpoint.getSslContextParameters() != null ? endpoint.getSslContextParameters() : globalTls.get();
        OkHttpClient base = settings == null ? shared : tls.of(settings, shared, context.get());
        OkHttpClient.Builder builder =
                base.newBuilder().connectTimeout(Duration.ofMillis(endpoint.getConnectTimeout()));
        if (endpoint.getProxyHost() != null) {
            builder.proxy(new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(endpoint.getProxyHost(), endpoint.getProxyPort())));
        }
        return builder.build();
    }
}
