package io.github.camelgitpod.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The walls of the simulator, as {@code ArchitectureTest} holds those of the component. A room is a package; the base package
 * is two: the {@code face} that users call, and the {@code values} that every room above the protocol may use.
 */
@AnalyzeClasses(packages = SimulatorRoomsTest.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class SimulatorRoomsTest {
    static final String BASE = "io.github.camelgitpod.simulator";

    /** From the top of the house to its ground: each room, and the rooms below it that it may use. */
    private static final Map<String, Set<String>> ROOMS = new LinkedHashMap<>();

    static {
        ROOMS.put("spring", Set.of("face"));
        ROOMS.put("face", Set.of("life", "auditlog", "stream", "http", "values", "protocol"));
        ROOMS.put("life", Set.of("stream", "values", "protocol"));
        ROOMS.put("auditlog", Set.of("values", "protocol"));
        ROOMS.put("stream", Set.of("http", "protocol"));
        ROOMS.put("http", Set.of("values", "protocol"));
        ROOMS.put("values", Set.of("protocol"));
        ROOMS.put("protocol", Set.of());
    }

    private static final Set<String> VALUES = Set.of(
            "Delivered",
            "Entry",
            "Environment",
            "Member",
            "PageTokens",
            "Project",
            "RecordedRequest",
            "Runner",
            "ServerKind",
            "ServiceAccount");

    @ArchTest
    static void arrowsGoDown(JavaClasses house) {
        List<String> floors = List.copyOf(ROOMS.keySet());
        ROOMS.forEach((room, below) -> assertThat(floors.subList(floors.indexOf(room) + 1, floors.size()))
                .as("the rooms below %s", room)
                .containsAll(below));
        Set<String> arrowsUp = new TreeSet<>();
        for (JavaClass user : house) {
            assertThat(ROOMS).as("the room of %s", user.getName()).containsKey(room(user));
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass().getBaseComponentType();
                boolean ours = used.getPackageName().startsWith(BASE);
                if (ours
                        && !room(used).equals(room(user))
                        && !ROOMS.get(room(user)).contains(room(used))) {
                    arrowsUp.add(user.getName() + " -> " + used.getName());
                }
            }
        }
        assertThat(arrowsUp).as("uses of a room that is not below").isEmpty();
    }

    private static String room(JavaClass type) {
        String inBase = type.getPackageName().substring(BASE.length());
        if (!inBase.isEmpty()) {
            return inBase.substring(1);
        }
        String topLevel = type.getName().substring(BASE.length() + 1).replaceAll("\\$.*", "");
        return VALUES.contains(topLevel) ? "values" : "face";
    }
}
