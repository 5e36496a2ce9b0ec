package io.github.camelgitpod.simulator;

import java.time.Instant;
import java.util.List;

/** The organization: what it has, and its life. */
public final class Organization {
    Organization() {}

    public String id() {
        throw new UnsupportedOperationException();
    }

    public String adminId() {
        throw new UnsupportedOperationException();
    }

    public String memberId() {
        throw new UnsupportedOperationException();
    }

    public List<Environment> environments() {
        throw new UnsupportedOperationException();
    }

    public List<Project> projects() {
        throw new UnsupportedOperationException();
    }

    public List<Runner> runners() {
        throw new UnsupportedOperationException();
    }

    public Environment createEnvironment() {
        throw new UnsupportedOperationException();
    }

    public Environment createEnvironment(String creatorId, String projectId, String runnerId) {
        throw new UnsupportedOperationException();
    }

    public Environment updateEnvironment(String id, String name) {
        throw new UnsupportedOperationException();
    }

    public Environment changePhase(String environmentId, String phase) {
        throw new UnsupportedOperationException();
    }

    public void deleteEnvironment(String id) {
        throw new UnsupportedOperationException();
    }

    public Environment restoreEnvironment(Environment environment) {
        throw new UnsupportedOperationException();
    }

    public Project createProject(String name) {
        throw new UnsupportedOperationException();
    }

    public Project updateProject(String id, String name) {
        throw new UnsupportedOperationException();
    }

    public void deleteProject(String id) {
        throw new UnsupportedOperationException();
    }

    public Runner createRunner(String name) {
        throw new UnsupportedOperationException();
    }

    public Runner changeRunnerPhase(String id, String phase) {
        throw new UnsupportedOperationException();
    }

    public void deleteRunner(String id) {
        throw new UnsupportedOperationException();
    }

    public Instant epoch() {
        throw new UnsupportedOperationException();
    }

    public void advanceTo(Instant instant) {
        throw new UnsupportedOperationException();
    }

    public void pause() {
        throw new UnsupportedOperationException();
    }

    public void resume() {
        throw new UnsupportedOperationException();
    }
}
