package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.http.Effects;
import java.util.List;
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

    Trouble() {}

    /**
     * Begins a rule; it does nothing until it is told what.
     *
     * @param method such as {@code ListAuditLogs}; {@link #ANY} for all
     * @return the rule
     */
    public TroubleRule on(String method) {
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
