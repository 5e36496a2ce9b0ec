package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Member;
import io.github.camelgitpod.simulator.ServiceAccount;
import io.github.camelgitpod.simulator.protocol.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Who acts in an organization: its people, the administrator first, and its service accounts. */
public final class People {

    private static final List<String> NAMES = List.of(
            "Ada Brandt",
            "Björn Okafor",
            "Chloé Lindqvist",
            "Daniel Osei",
            "Elif Yıldız",
            "Farah Haddad",
            "Gustavo Pereira",
            "Hana Novák",
            "Ivan Petrov",
            "Jun Watanabe",
            "Kemi Adeyemi",
            "Li Wei");
    private static final List<String> MACHINES = List.of("ci-deployer", "nightly-backup");

    private final List<String> ids;
    private final List<ServiceAccount> serviceAccounts = new ArrayList<>();

    People(SplittableRandom random) {
        ids = NAMES.stream()
                .map(name -> Uuids.v4(random.nextLong(), random.nextLong()))
                .toList();
        for (String name : MACHINES) {
            String id = Uuids.v4(random.nextLong(), random.nextLong());
            serviceAccounts.add(new ServiceAccount(id, name, "Used by " + name));
        }
    }

    /**
     * The people's ids.
     *
     * @return the first is the administrator's
     */
    public List<String> ids() {
        return ids;
    }

    /**
     * The people with their names.
     *
     * @param since when they joined
     * @return in the order of {@link #ids()}
     */
    public List<Member> members(Instant since) {
        return IntStream.range(0, ids.size())
                .mapToObj(i -> new Member(
                        ids.get(i),
                        NAMES.get(i),
                        "user-" + (i + 1) + "@example.com",
                        i == 0 ? "ORGANIZATION_ROLE_ADMIN" : "ORGANIZATION_ROLE_MEMBER",
                        "USER_STATUS_ACTIVE",
                        since))
                .toList();
    }

    /**
     * The service accounts.
     *
     * @return a copy
     */
    public List<ServiceAccount> serviceAccounts() {
        return List.copyOf(serviceAccounts);
    }
}
