package io.github.camelgitpod.consumer;

import io.github.camelgitpod.state.SourceHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Route;

/**
 * Under which key a consumer keeps its state: the option's, or one of the id that the user gave the route. Camel gives every
 * other route an id by its place among all routes, which changes with them; so there a hash of what is read takes its place.
 *
 * @param text     the key
 * @param isChosen whether it is the user's
 * @param earlier  the keys under which earlier versions may have kept the state
 * @param nameless the key that there is where the user chooses none
 */
public record StateKey(String text, boolean isChosen, List<String> earlier, String nameless) {

    /**
     * @param option   the option {@code stateKey}; null: not set
     * @param route    of the consumer; null: it has none
     * @param resource what is read
     * @param address  the server that is read from
     * @param source   what of it, in words
     */
    static StateKey of(String option, Route route, String resource, String address, String source) {
        String nameless = ofSource(resource, address, source);
        if (option != null) {
            return new StateKey(option, true, List.of(), nameless);
        }
        if (route != null && isNamed(route)) {
            return new StateKey(ofRoute(route, resource), true, List.of(), nameless);
        }
        List<String> earlier = new ArrayList<>();
        if (route != null) {
            earlier.add(ofRoute(route, resource));
        }
        // The slash was part of the address, if it was written.
        earlier.add(ofSource(resource, address + "/", source));
        return new StateKey(nameless, false, List.copyOf(earlier), nameless);
    }

    /** Whether the user gave the route its id. */
    private static boolean isNamed(Route route) {
        // A Kamelet's route counts as named, also by the id that is made up for it, which ends with the same number as
        // this.
        boolean madeUp = route.isCreatedByKamelet() && route.getRouteId().endsWith("-" + route.getNodePrefixId());
        return route.isCustomId() && !madeUp;
    }

    private static String ofRoute(Route route, String resource) {
        return route.getRouteId() + "/" + resource;
    }

    private static String ofSource(String resource, String address, String source) {
        return resource + "-" + SourceHash.of(address, source);
    }

    @Override
    public String toString() {
        return text;
    }
}
