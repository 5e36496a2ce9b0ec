package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.AuditLogFilter;
import io.github.camelgitpod.client.ServerLimits;
import io.github.camelgitpod.model.AuditLogEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How to ask for a filter, of which one request takes only so many values in each list. A longer list is split over several
 * series of requests. No entry is in two of them, since it has one actor and one subject. Where that would be too many
 * series, the longest list is left out of the requests and applied here. So are kinds, which no server filters by.
 *
 * @param requests the filters of the series; together with {@code rest} they accept what the whole filter accepts
 * @param rest     what is left out of the requests
 */
public record FilterPlan(List<AuditLogFilter> requests, AuditLogFilter rest) {
    static final int MAX_SERIES = 8;

    static FilterPlan of(AuditLogFilter filter) {
        List<List<String>> sent = new ArrayList<>(lists(filter));
        List<List<String>> rest = new ArrayList<>(lists(AuditLogFilter.ALL));
        while (series(sent) > MAX_SERIES) {
            List<String> longest =
                    sent.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
            int index = sent.indexOf(longest);
            rest.set(index, longest);
            sent.set(index, List.of());
        }
        List<AuditLogFilter> requests = new ArrayList<>();
        for (List<String> actorIds : chunks(sent.get(0))) {
            for (List<String> actorPrincipals : chunks(sent.get(1))) {
                for (List<String> subjectIds : chunks(sent.get(2))) {
                    for (List<String> subjectTypes : chunks(sent.get(3))) {
                        requests.add(new AuditLogFilter(actorIds, actorPrincipals, subjectIds, subjectTypes));
                    }
                }
            }
        }
        return new FilterPlan(requests, filter(rest).withKinds(filter.kinds()));
    }

    /** For servers that may ignore a filter: it is sent if it fits into one request, and all of it is applied here too. */
    static FilterPlan untrusted(AuditLogFilter filter) {
        FilterPlan plan = of(filter);
        AuditLogFilter sent = plan.requests.size() == 1 ? plan.requests.get(0) : AuditLogFilter.ALL;
        return new FilterPlan(List.of(sent), filter);
    }

    /** Whether the entry, listed by one of the requests, passes the whole filter. */
    boolean accepts(AuditLogEntry entry) {
        return rest.matches(entry);
    }

    private static int series(List<List<String>> lists) {
        return lists.stream().mapToInt(list -> chunks(list).size()).reduce(1, Math::multiplyExact);
    }

    private static List<List<String>> chunks(List<String> values) {
        if (values.isEmpty()) {
            return List.of(values);
        }
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < values.size(); from += ServerLimits.FILTER_VALUES) {
            chunks.add(values.subList(from, Math.min(from + ServerLimits.FILTER_VALUES, values.size())));
        }
        return chunks;
    }

    private static List<List<String>> lists(AuditLogFilter filter) {
        return List.of(filter.actorIds(), filter.actorPrincipals(), filter.subjectIds(), filter.subjectTypes());
    }

    private static AuditLogFilter filter(List<List<String>> lists) {
        return new AuditLogFilter(lists.get(0), lists.get(1), lists.get(2), lists.get(3));
    }
}
