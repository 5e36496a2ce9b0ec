package io.github.camelgitpod;

import okhttp3.OkHttpClient;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/** How to reach Gitpod: the options that both resources have, on the component and on an endpoint. */
@UriParams
public class GitpodConfiguration implements Cloneable {
    @UriParam(
            label = "security",
            secret = true,
            description =
                    "Personal access token or service-account token. Default: the environment variable GITPOD_API_KEY, else ONA_API_KEY,"
                            + " else ONA_TOKEN."
                            + " The component's is read anew for each request, with its placeholders, so that a rotated one is taken up."
                            + " Write it as RAW(...) in a URI, where placeholders are read once.")
    private String accessToken;

    @UriParam(
            label = "common",
            defaultValue = "https://app.gitpod.io/api",
            description = "Address of the API. Default: the environment variable GITPOD_BASE_URL, else ONA_BASE_URL,"
                    + " else https://app.gitpod.io/api. Plain http is allowed to the local machine only, and"
                    + " through no proxy elsewhere, unless allowInsecureHttp is set.")
    private String baseUrl;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether the access token may be sent over plain http to another machine, or to a proxy there.")
    private boolean allowInsecureHttp;

    @UriParam(
            label = "common",
            javaType = "java.time.Duration",
            defaultValue = "5s",
            description = "How long connecting may take.")
    private long connectTimeout = 5_000;

    @UriParam(
            label = "common",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description =
                    "How long one request may take, from its first byte to its last. Of an event stream: connecting, and its headers or error once they have begun.")
    private long requestTimeout = 60_000;

    @UriParam(
            label = "common",
            defaultValue = "2",
            description = "How often one request is repeated after status 408, 409, 429, 5xx or a failed connection,"
                    + " with waits from 0.5 to 8 seconds. Not for an event stream, which reconnects.")
    private int maxRetries = 2;

    @UriParam(
            label = "common",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description =
                    "The longest wait asked for by the server (status 429) that is kept inside a poll. After a longer one the poll ends,"
                            + " nothing is lost, and the next request is not sent before that time.")
    private long maxRetryAfter = 60_000;

    @UriParam(
            label = "advanced",
            description = "An HTTP client of your own, with its own connection, proxy and TLS settings."
                    + " It is never closed by the component. Default: one client per component.")
    @Metadata(autowired = true)
    private OkHttpClient httpClient;

    @UriParam(label = "security", description = "TLS settings, as in Camel's other HTTP components.")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "proxy", description = "Host of an HTTP proxy.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "Port of the HTTP proxy.")
    private Integer proxyPort;

    /** An independent copy. */
    public GitpodConfiguration copy() {
        try {
            return (GitpodConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getAccessToken() {
        return accessToken;
    }

    /** Personal access token or service-account token. */
    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /** Address of the API. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public boolean isAllowInsecureHttp() {
        return allowInsecureHttp;
    }

    /** Whether the access token may be sent over plain http to another machine. */
    public void setAllowInsecureHttp(boolean allowInsecureHttp) {
        this.allowInsecureHttp = allowInsecureHttp;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /** How long connecting may take, in milliseconds. */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /** How long one request may take, in milliseconds. */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    /** How often one request is repeated. */
    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getMaxRetryAfter() {
        return maxRetryAfter;
    }

    /** The longest wait asked for by the server that is kept inside a poll, in milliseconds. */
    public void setMaxRetryAfter(long maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }

    public OkHttpClient getHttpClient() {
        return httpClient;
    }

    /** An HTTP client of your own. */
    public void setHttpClient(OkHttpClient httpClient) {
        this.httpClient = httpClient;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /** TLS settings. */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    /** Host of an HTTP proxy. */
    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    /** Port of the HTTP proxy. */
    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }
}
