package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.http.Effects;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Scripted misbehaviour, by rules: {@code trouble().on("ListAuditLogs").times(3).respond(503, "unavailable", "later")}.
 * A request runs into every rule that matches it, before the server looks at its path, token or body; of two rules
 * that contradict each other the later one wins.
 */
public final class Trouble {

    /** In place of a method's name: every request. */
    public static final String ANY = "*";

    private final List<TroubleRule> rules = new CopyOnWriteArrayList<>();

    private final Set<String> methods;

    Trouble(Set<String> methods) {
        this.methods = methods;
    }

    /**
     * Begins a rule; it does nothing until it is told what.
     *
     * @param method such as {@code ListAuditLogs}; {@link #ANY} for all
     * @return the rule
     * @throws IllegalArgumentException if the simulator has no such method
     */
    public TroubleRule on(String method) {
        if (!method.equals(ANY) && !methods.contains(method)) {
            throw new IllegalArgumentException(
                    "There is no method " + method + " that could run into trouble; there are "
                            + String.join(", ", new TreeSet<>(methods)) + ", and " + ANY + " for all");
        }
        TroubleRule rule = new TroubleRule(method, rules::remove);
        rules.add(rule);
        return rule;
    }

    /** Ends all trouble. */
    public void clear() {
        rules.clear();
    }

    Effects next(String method) {
        Effects effects = new Effects();
        rules.forEach(rule -> rule.apply(method, effects));
        return effects;
    }
}
