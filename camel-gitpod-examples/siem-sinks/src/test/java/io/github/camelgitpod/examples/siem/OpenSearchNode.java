package io.github.camelgitpod.examples.siem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** A real OpenSearch in this JVM, which can be stopped, and started again with its data. */
final class OpenSearchNode implements AutoCloseable {
    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private Started node;
    private String url;

    OpenSearchNode(Path directory) throws NodeValidationException {
        this.directory = directory;
        // Camel's Netty is in this JVM too, and may have set the number of processors: only the first may.
        System.setProperty("opensearch.set.netty.runtime.available.processors", "false");
        start();
    }

    void start() throws NodeValidationException {
        node = new Started(Settings.builder()
                .put("path.home", directory.toString())
                .put("discovery.type", "single-node")
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("node.name", "example")
                .build());
        node.start();
        InetSocketAddress address = node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .address();
        url = "http://localhost:" + address.getPort();
    }

    /** The server's own answer, or null: it is not there. */
    HttpSink.Answer send(String method, String path, String contentType, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", contentType)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new HttpSink.Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        node.close();
    }

    private static final class Started extends Node {
        Started(Settings settings) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "example"),
                    List.<Class<? extends Plugin>>of(Netty4Plugin.class),
                    false);
        }

        @Override
        protected void configureNodeAndClusterIdStateListener(
                org.opensearch.cluster.service.ClusterService clusterService) {
            // Would set a name in the logger, which is not OpenSearch's own here.
        }
    }
}
