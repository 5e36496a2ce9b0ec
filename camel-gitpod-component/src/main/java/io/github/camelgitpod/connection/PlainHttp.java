package io.github.camelgitpod.connection;

import io.github.camelgitpod.option.OptionErrors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Plain http carries the access token in clear, and so goes to this machine only, unless the user allows more. */
final class PlainHttp {
    private PlainHttp() {}

    /** @throws IllegalArgumentException when the address is on another machine */
    static void refuseToLeave(HttpUrl baseUrl) {
        if (!baseUrl.isHttps() && !isThisMachine(baseUrl.host())) {
            throw OptionErrors.wrong(
                    "baseUrl",
                    baseUrl,
                    "would send the access token in clear",
                    "https, http to the local machine, or any http with allowInsecureHttp=true");
        }
    }

    /**
     * A proxy on another machine would be told everything, whatever the address is.
     *
     * @param client with its proxy: the option's, that of the user's own client, or Java's for the whole process
     * @throws IllegalArgumentException when there is such a proxy
     */
    static void refuseToLeave(HttpUrl baseUrl, OkHttpClient client) {
        if (baseUrl.isHttps()) {
            return;
        }
        List<Proxy> proxies = client.proxy() != null
                ? List.of(client.proxy())
                : client.proxySelector().select(baseUrl.uri());
        for (Proxy proxy : proxies == null ? List.<Proxy>of() : proxies) {
            if (proxy.address() instanceof InetSocketAddress address && !isThisMachine(address.getHostString())) {
                throw OptionErrors.wrong(
                        "baseUrl",
                        baseUrl,
                        "would send the access token in clear to the proxy " + address.getHostString() + ":"
                                + address.getPort() + " (of proxyHost, of httpClient, or of Java's http.proxyHost)",
                        "https, no proxy for this address, or any http with allowInsecureHttp=true");
            }
        }
    }

    /** A name other than localhost is not looked up: what it means can change. */
    private static boolean isThisMachine(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return host.equalsIgnoreCase("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
