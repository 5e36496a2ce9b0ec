package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Environment;
import java.util.ArrayList;
import java.util.List;

/** An environment on its way from creation to deletion, with what runs in it. */
final class LivingEnvironment {

    private Environment state;
    private boolean leaving;
    private final List<String> running = new ArrayList<>();

    LivingEnvironment(Environment state) {
        this.state = state;
    }

    Environment state() {
        return state;
    }

    boolean isSettled() {
        return state.phase().equals("ENVIRONMENT_PHASE_RUNNING") && !leaving;
    }

    boolean isStopped() {
        return state.phase().equals("ENVIRONMENT_PHASE_STOPPED");
    }

    /** Task executions that have not ended. */
    List<String> running() {
        return running;
    }

    void leave() {
        leaving = true;
    }

    /** The phase that the runner brings it to next. */
    String nextPhase() {
        return switch (state.phase()) {
            case "ENVIRONMENT_PHASE_CREATING" -> "ENVIRONMENT_PHASE_STARTING";
            case "ENVIRONMENT_PHASE_STARTING" -> "ENVIRONMENT_PHASE_RUNNING";
            case "ENVIRONMENT_PHASE_RUNNING" -> "ENVIRONMENT_PHASE_STOPPING";
            default -> "ENVIRONMENT_PHASE_STOPPED";
        };
    }

    Environment enter(String phase) {
        state = state.inPhase(phase);
        return state;
    }
}
