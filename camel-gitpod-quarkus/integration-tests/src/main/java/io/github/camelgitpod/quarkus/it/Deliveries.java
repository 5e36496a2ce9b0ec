package io.github.camelgitpod.quarkus.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the routes have delivered, in order. */
@ApplicationScoped
@Named("deliveries")
public class Deliveries {
    private final List<Delivery> entries = new CopyOnWriteArrayList<>();
    private final List<Delivery> events = new CopyOnWriteArrayList<>();

    /**
     * One delivery.
     *
     * @param field one of the body's, as Simple reads it
     * @param json  the body's text
     */
    public record Delivery(String field, String json) {}

    public void entry(String action, String json) {
        entries.add(new Delivery(action, json));
    }

    public void event(String resourceType, String json) {
        events.add(new Delivery(resourceType, json));
    }

    public List<Delivery> entries() {
        return entries;
    }

    public List<Delivery> events() {
        return events;
    }
}
