package io.github.camelgitpod.examples.siem;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The headers of a request; those of an answer before it go. */
final class HttpRequests {
    private HttpRequests() {}

    static void post(Message message, String contentType) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
    }
}
