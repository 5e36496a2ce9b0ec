package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.http.Call;
import io.github.camelgitpod.simulator.http.Reply;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import io.github.camelgitpod.simulator.protocol.Json;
import io.github.camelgitpod.simulator.protocol.RequestMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The methods that tell the names of those who act: members and service accounts. */
final class PeopleMethods {

    private static final Set<String> MEMBERS = Set.of("organizationId", "filter", "pagination");
    private static final Set<String> MEMBER_FILTER = Set.of("search", "statuses", "roles");
    private static final Set<String> SERVICE_ACCOUNTS = Set.of("pagination");

    private final Organization organization;

    PeopleMethods(Organization organization) {
        this.organization = organization;
    }

    Reply members(Call call) {
        RequestMessage message = RequestMessage.parse(call.body(), MEMBERS);
        if (!message.uuid("organizationId").equals(organization.id())) {
            throw new ConnectException(403, "permission_denied", "no access to this organization");
        }
        RequestMessage filter = message.message("filter", MEMBER_FILTER);
        String search = filter.text("search").toLowerCase(Locale.ROOT);
        List<String> statuses = filter.enumValues("statuses", EnumNames.USER_STATUSES);
        List<String> roles = filter.enumValues("roles", EnumNames.ORGANIZATION_ROLES);
        List<Member> found = organization.members().stream()
                .filter(one -> (one.fullName() + " " + one.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(search))
                .filter(one -> statuses.isEmpty() || statuses.contains(one.status()))
                .filter(one -> roles.isEmpty() || roles.contains(one.role()))
                .toList();
        return new Listing<Member>("members", search + statuses + roles, PeopleMethods::json)
                .page(call, message, found);
    }

    Reply serviceAccounts(Call call) {
        RequestMessage message = RequestMessage.parse(call.body(), SERVICE_ACCOUNTS);
        return new Listing<ServiceAccount>("serviceAccounts", "", this::json)
                .page(call, message, organization.serviceAccounts());
    }

    private static ObjectNode json(Member member) {
        return Json.object()
                .put("userId", member.userId())
                .put("fullName", member.fullName())
                .put("email", member.email())
                .put("role", member.role())
                .put("status", member.status())
                .put("loginProvider", "google")
                .put("memberSince", member.memberSince().toString());
    }

    private ObjectNode json(ServiceAccount account) {
        return Json.object()
                .put("id", account.id())
                .put("organizationId", organization.id())
                .put("name", account.name())
                .put("description", account.description());
    }
}
