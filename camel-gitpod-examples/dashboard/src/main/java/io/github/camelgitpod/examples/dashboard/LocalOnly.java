package io.github.camelgitpod.examples.dashboard;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Keeps the page to this machine, and the browser to the page: no other site's name may lead here (DNS rebinding), nothing
 * but the page's own files runs in it, and no text can become HTML.
 */
final class LocalOnly implements Handler<RoutingContext> {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    @Override
    public void handle(RoutingContext call) {
        HostAndPort asked = call.request().authority();
        if (asked == null || !NAMES.contains(asked.host())) {
            call.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("The dashboard is for this machine only: open it as 127.0.0.1 or localhost");
            return;
        }
        MultiMap headers = call.response().headers();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        call.next();
    }
}
