package io.github.camelgitpod;

import io.github.camelgitpod.testing.Bodies;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of its own that writes bodies to files with {@code charset=utf-8}: one entry that it reads, as the environment
 * says from where, and one of each other kind. It prints the process's charset.
 */
public final class AsciiProcess {
    private AsciiProcess() {}

    /** @param arguments the directory for the files */
    public static void main(String[] arguments) throws Exception {
        String files = "file:" + Path.of(arguments[0]) + "?charset=utf-8";
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gitpod:auditLogs?from=beginning&initialDelay=0&delay=1h")
                            .to(files + "&fileName=read");
                }
            });
            NotifyBuilder read = new NotifyBuilder(context).whenDone(1).create();
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            Bodies.all()
                    .forEach(body -> template.sendBody(
                            files + "&fileName=" + body.getClass().getSimpleName(), body));
            if (!read.matchesWaitTime()) {
                throw new IllegalStateException("No entry was read");
            }
        }
        System.out.println(Charset.defaultCharset());
    }
}
