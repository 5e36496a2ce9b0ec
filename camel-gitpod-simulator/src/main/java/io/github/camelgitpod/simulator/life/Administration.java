package io.github.camelgitpod.simulator.life;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What changes about the organization itself: secrets, tokens, members, logins, policies. No stream tells of it. */
final class Administration {

    private record Act(String type, String action, boolean ofTheOrganization) {}

    private static final List<Act> ACTS = List.of(
            new Act("USER_SECRET", "Secret created", false),
            new Act("USER_SECRET", "Secret deleted", false),
            new Act("ORGANIZATION_SECRET", "Secret updated", false),
            new Act("PERSONAL_ACCESS_TOKEN", "Personal access token created", false),
            new Act("PERSONAL_ACCESS_TOKEN", "Personal access token deleted", false),
            new Act("HOST_AUTHENTICATION_TOKEN", "Host authentication token created", false),
            new Act("GROUP_MEMBERSHIP_CHANGED", "Member added to group", false),
            new Act("GROUP", "Group created", false),
            new Act("SERVICE_ACCOUNT_TOKEN", "Service account token created", false),
            new Act("SSO_CONFIG", "changed issuer_url, client_id", false),
            new Act("ORGANIZATION_POLICY", "changed maximum_environment_timeout", true),
            new Act("ORGANIZATION", "changed invite_domains", true));

    private final SplittableRandom random;
    private final String organizationId;
    private final People people;
    private final Set<String> loggedIn = new HashSet<>();

    Administration(SplittableRandom random, String organizationId, People people) {
        this.random = random;
        this.organizationId = organizationId;
        this.people = people;
    }

    void go(Chronicle chronicle) {
        if (random.nextInt(3) == 0) {
            logInOrOut(pick(people.ids()), chronicle);
            return;
        }
        Act act = ACTS.get(random.nextInt(ACTS.size()));
        String subject = act.ofTheOrganization ? organizationId : chronicle.newId();
        if (random.nextInt(10) == 0) {
            String machine = pick(people.serviceAccounts()).id();
            chronicle.entry("PRINCIPAL_SERVICE_ACCOUNT", machine, act.type, subject, act.action);
            return;
        }
        // The administrator does what concerns all, anyone else the rest.
        String person = act.ofTheOrganization ? people.ids().get(0) : pick(people.ids());
        chronicle.entry("PRINCIPAL_USER", person, act.type, subject, act.action);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void logInOrOut(String person, Chronicle chronicle) {
        boolean in = loggedIn.add(person);
        if (!in) {
            loggedIn.remove(person);
        }
        chronicle.entry("PRINCIPAL_USER", person, "USER", person, in ? "User logged in" : "User logged out");
    }
}
