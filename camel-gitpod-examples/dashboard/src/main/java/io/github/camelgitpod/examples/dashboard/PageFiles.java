package io.github.camelgitpod.examples.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** The page's own files, from the class path. */
final class PageFiles implements Processor {
    private static final Pattern NAME = Pattern.compile("/([a-z]+\\.(html|css|js|svg))");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    @Override
    public void process(Exchange exchange) throws IOException {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        Matcher name = NAME.matcher(path == null || path.isEmpty() || path.equals("/") ? "/index.html" : path);
        byte[] file = name.matches() ? read(name.group(1)) : null;
        if (file == null) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            answer.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
            answer.setBody("There is only one page: /");
        } else {
            answer.setHeader(Exchange.CONTENT_TYPE, TYPES.get(name.group(2)));
            answer.setBody(file);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = PageFiles.class.getResourceAsStream("/page/" + name)) {
            return file == null ? null : file.readAllBytes();
        }
    }
}
