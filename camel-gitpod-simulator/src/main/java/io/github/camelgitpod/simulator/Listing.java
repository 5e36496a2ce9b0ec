package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.http.Call;
import io.github.camelgitpod.simulator.http.Reply;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.Json;
import io.github.camelgitpod.simulator.protocol.Paging;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Pages of things that are listed in the order of their creation. A page token belongs to its list and filter.
 *
 * @param field the answer's field
 * @param filter what was asked for; equal text, equal filter
 * @param json how one of them is written
 * @param <T> what is listed
 */
record Listing<T>(String field, String filter, Function<T, ObjectNode> json) {

    Reply page(Call call, RequestMessage message, List<T> all) {
        Paging paging = Paging.of(message, call.query());
        boolean first = paging.token().isEmpty();
        if (call.effects().expiredToken() && !first) {
            throw ConnectException.invalid("pagination.token: the token has expired");
        }
        int from = first ? 0 : Math.min(position(paging.token()), all.size());
        int to = call.effects().emptyPage() ? from : Math.min(from + paging.size(), all.size());
        ObjectNode answer = Json.object();
        if (to > from) {
            ArrayNode elements = answer.putArray(field);
            all.subList(from, to).forEach(one -> elements.add(json.apply(one)));
        }
        if (call.effects().repeatedToken() && !first) {
            answer.putObject("pagination").put("nextToken", paging.token());
        } else if (to < all.size() || call.effects().emptyPage()) {
            answer.putObject("pagination").put("nextToken", tokenStart() + to);
        }
        return Reply.ok(answer.toString());
    }

    private String tokenStart() {
        // Not its hash code: two filters that differ in a few letters can have the same.
        return field + "-" + UUID.nameUUIDFromBytes(filter.getBytes(StandardCharsets.UTF_8)) + "-";
    }

    private int position(String token) {
        try {
            if (token.startsWith(tokenStart())) {
                int position = Integer.parseInt(token.substring(tokenStart().length()));
                if (position >= 0) {
                    return position;
                }
                throw ConnectException.invalid("pagination.token: invalid token");
            }
        } catch (NumberFormatException e) {
            throw ConnectException.invalid("pagination.token: invalid token");
        }
        throw ConnectException.invalid(
                token.startsWith(field + "-")
                        ? "pagination.token: the token was issued for another filter"
                        : "pagination.token: invalid token");
    }
}
