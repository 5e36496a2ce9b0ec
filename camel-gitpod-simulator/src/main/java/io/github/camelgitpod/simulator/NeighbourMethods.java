package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.http.Call;
import io.github.camelgitpod.simulator.http.Caller;
import io.github.camelgitpod.simulator.http.Reply;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.Json;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The methods of other services that a client of the EventService calls. */
final class NeighbourMethods {

    private static final Set<String> PAGED = Set.of("pagination");
    private static final Set<String> FILTERED = Set.of("pagination", "filter");
    private static final Set<String> ENVIRONMENT_FILTER =
            Set.of("creatorIds", "projectIds", "runnerIds", "statusPhases");

    private final Organization organization;
    private final Supplier<String> tier;

    NeighbourMethods(Organization organization, Supplier<String> tier) {
        this.organization = organization;
        this.tier = tier;
    }

    Reply identity(Call call) {
        RequestMessage.parse(call.body(), Set.of());
        ObjectNode answer =
                Json.object().put("organizationId", organization.id()).put("organizationTier", tier.get());
        answer.putObject("subject").put("id", call.caller().id()).put("principal", "PRINCIPAL_USER");
        return Reply.ok(answer.toString());
    }

    Reply environments(Call call) {
        RequestMessage message = RequestMessage.parse(call.body(), FILTERED);
        RequestMessage filter = message.message("filter", ENVIRONMENT_FILTER);
        List<String> creators = filter.uuids("creatorIds");
        List<String> projects = filter.uuids("projectIds");
        List<String> runners = filter.uuids("runnerIds");
        List<String> phases = filter.enumValues("statusPhases", EnumNames.ENVIRONMENT_PHASES);
        Caller caller = call.caller();
        List<Environment> found = organization.environments().stream()
                .filter(one -> caller.seesAll() || one.creatorId().equals(caller.id()))
                .filter(one -> admits(creators, one.creatorId()))
                .filter(one -> admits(projects, one.projectId()))
                .filter(one -> admits(runners, one.runnerId()))
                .filter(one -> admits(phases, one.phase()))
                .toList();
        String asked = "" + creators + projects + runners + phases;
        return new Listing<Environment>("environments", asked, this::json).page(call, message, found);
    }

    Reply projects(Call call) {
        RequestMessage message = RequestMessage.parse(call.body(), PAGED);
        return new Listing<Project>("projects", "", this::json).page(call, message, organization.projects());
    }

    Reply runners(Call call) {
        RequestMessage message = RequestMessage.parse(call.body(), PAGED);
        return new Listing<Runner>("runners", "", NeighbourMethods::json).page(call, message, organization.runners());
    }

    private static boolean admits(List<String> wanted, String value) {
        return wanted.isEmpty() || value != null && wanted.contains(value);
    }

    private ObjectNode json(Environment environment) {
        ObjectNode json = Json.object().put("id", environment.id());
        ObjectNode metadata = json.putObject("metadata")
                .put("name", environment.name())
                .put("organizationId", organization.id())
                .put("createdAt", environment.createdAt().toString());
        metadata.set("creator", person(environment.creatorId()));
        if (environment.projectId() != null) {
            metadata.put("projectId", environment.projectId());
        }
        if (environment.runnerId() != null) {
            metadata.put("runnerId", environment.runnerId());
        }
        // A 64-bit number is a string in proto3 JSON.
        json.putObject("status")
                .put("phase", environment.phase())
                .put("statusVersion", Long.toString(environment.statusVersion()));
        return json;
    }

    private ObjectNode json(Project project) {
        ObjectNode json = Json.object().put("id", project.id());
        json.putObject("metadata")
                .put("name", project.name())
                .put("organizationId", organization.id())
                .put("createdAt", project.createdAt().toString())
                .put("updatedAt", project.updatedAt().toString())
                .set("creator", person(project.creatorId()));
        return json;
    }

    private static ObjectNode json(Runner runner) {
        ObjectNode json = Json.object()
                .put("runnerId", runner.id())
                .put("name", runner.name())
                .put("createdAt", runner.createdAt().toString())
                .put("updatedAt", runner.updatedAt().toString());
        json.set("creator", person(runner.creatorId()));
        json.putObject("status").put("phase", runner.phase());
        return json;
    }

    private static ObjectNode person(String id) {
        return Json.object().put("id", id).put("principal", "PRINCIPAL_USER");
    }
}
