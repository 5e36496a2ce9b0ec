package io.github.camelgitpod.simulator.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which page of a listing is asked for.
 *
 * @param size how many entries at most, 1 to 100
 * @param token of the page before; empty for the first page
 */
public record Paging(int size, String token) {

    /** The page size where a request names none. */
    public static final int DEFAULT_SIZE = 25;

    private static final Set<String> FIELDS = Set.of("pageSize", "token");

    /**
     * Reads the body's pagination and the query string's, which wins.
     *
     * @param message the request
     * @param queryString its query string; nullable
     * @return the page
     * @throws ConnectException 400 for a wrong page size
     */
    public static Paging of(RequestMessage message, String queryString) {
        RequestMessage pagination = message.message("pagination", FIELDS);
        int size = pagination.pageSize("pageSize");
        String token = pagination.text("token");
        for (String pair : queryString == null ? new String[0] : queryString.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : decode(parts[1]);
            if (parts[0].equals("pageSize")) {
                size = number(value);
            } else if (parts[0].equals("token")) {
                token = value;
            }
        }
        RequestMessage.checkedPageSize(size, "pagination.page_size");
        return new Paging(size == 0 ? DEFAULT_SIZE : size, token);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ConnectException.invalid("invalid query string");
        }
    }

    private static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ConnectException.invalid("pageSize: invalid value " + Json.quote(text));
        }
    }
}
