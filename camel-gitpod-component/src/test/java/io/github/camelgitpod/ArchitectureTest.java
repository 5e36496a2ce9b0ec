package io.github.camelgitpod;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.spi.StateRepository;
import org.slf4j.LoggerFactory;

/**
 * The walls of the house. A room is a package; the base package is two rooms: the {@code face} that Camel calls, and the
 * {@code words} (options, header names, errors) that every room above the engines may use.
 */
@AnalyzeClasses(
        packages = ArchitectureTest.BASE,
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyTheComponent.class})
class ArchitectureTest {
    static final String BASE = "io.github.camelgitpod";

    /** From the top of the house to its ground: each room, and the rooms below it that it may use. */
    private static final Map<String, Set<String>> ROOMS = new LinkedHashMap<>();

    static {
        // The generated configurer names the types of the options.
        ROOMS.put("face", Set.of("auditlog", "event", "consumer", "connection", "client", "option", "words", "model"));
        ROOMS.put(
                "event",
                Set.of(
                        "event.group",
                        "event.recovery",
                        "event.stream",
                        "consumer",
                        "state",
                        "meter",
                        "health",
                        "client",
                        "option",
                        "words",
                        "model"));
        ROOMS.put("event.group", Set.of("event.recovery", "event.stream", "state", "client", "model"));
        ROOMS.put("event.recovery", Set.of("auditlog.reader", "state", "client", "model"));
        ROOMS.put("event.stream", Set.of("health", "client", "model"));
        ROOMS.put(
                "auditlog",
                Set.of(
                        "auditlog.query",
                        "auditlog.reader",
                        "consumer",
                        "state",
                        "meter",
                        "health",
                        "client",
                        "option",
                        "words",
                        "model"));
        ROOMS.put("auditlog.query", Set.of("auditlog.reader", "auditlog.walk", "client", "model"));
        ROOMS.put("auditlog.reader", Set.of("auditlog.walk", "state", "health", "client", "model"));
        ROOMS.put("auditlog.walk", Set.of("client", "model"));
        ROOMS.put("transform", Set.of("words", "model"));
        ROOMS.put("consumer", Set.of("state", "meter", "health", "client", "words"));
        ROOMS.put("connection", Set.of("client.http", "client", "option", "words"));
        ROOMS.put("meter", Set.of());
        ROOMS.put("health", Set.of("client"));
        ROOMS.put("state.kafka", Set.of("state", "model"));
        // How a key is shortened: the keys of entries, and those of states.
        ROOMS.put("state", Set.of("client", "model"));
        ROOMS.put("client.http", Set.of("client", "model"));
        ROOMS.put("words", Set.of("client", "option", "model"));
        // The words for a duration.
        ROOMS.put("option", Set.of("client"));
        ROOMS.put("client", Set.of("model"));
        ROOMS.put("model", Set.of());
    }

    private static final Set<String> FACE = Set.of("GitpodComponent", "GitpodDevConsole", "GitpodEndpoint");

    /** The packages in which everything public is for users, and may not change with the next release. */
    static final Set<String> API_PACKAGES = Set.of(BASE, BASE + ".model");

    /** What is for users: all that is public in those packages, and some of the others, as {@link PackageInfoTest} sees to. */
    private static final List<String> API = PublicApi.names();

    private static final Pattern REFLECTION = Pattern.compile(
            "java\\.lang\\.Class(Loader)?\\.(forName|loadClass|newInstance|get(Declared)?(Methods?|Fields?|Constructors?)"
                    + "|getResources?|getResourceAsStream)|java\\.lang\\.reflect\\.Proxy\\..*|java\\.util\\.ServiceLoader\\..*"
                    + "|java\\.util\\.ResourceBundle\\..*|.*\\.Object(Mapper|Reader)\\.(readValue|treeToValue|convertValue|valueToTree)");

    private static final String[] ENGINES = {
        BASE + ".auditlog.query..",
        BASE + ".auditlog.reader..",
        BASE + ".auditlog.walk..",
        BASE + ".event.group..",
        BASE + ".event.stream..",
        BASE + ".event.recovery..",
        BASE + ".client..",
        BASE + ".health..",
        BASE + ".state..",
        BASE + ".model.."
    };

    /** A {@link StateRepository} is a service, and Camel has a base class for these. */
    private static final Set<String> USED_BY_REPOSITORIES = Set.of(
            "org.apache.camel.support.service.ServiceSupport",
            "org.apache.camel.Service",
            "org.apache.camel.StatefulService");

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
                boolean ours = used.getPackageName().equals(BASE)
                        || used.getPackageName().startsWith(BASE + ".");
                if (ours
                        && !room(used).equals(room(user))
                        && !ROOMS.get(room(user)).contains(room(used))) {
                    arrowsUp.add(user.getName() + " -> " + used.getName());
                }
            }
        }
        assertThat(arrowsUp).as("uses of a room that is not below").isEmpty();
    }

    @ArchTest
    static final ArchRule ENGINES_KNOW_OF_CAMEL_ONLY_ITS_STATE_REPOSITORY = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel..")
                    .and(describe(
                            "are no part of a StateRepository",
                            used -> !used.isAssignableTo(StateRepository.class)
                                    && !USED_BY_REPOSITORIES.contains(used.getName()))));

    @ArchTest
    static void whatUsersCanUseIsMeantForThem(JavaClasses house) {
        assertThat(house)
                .filteredOn(type -> API_PACKAGES.contains(type.getPackageName()) && isPublic(type))
                .extracting(type -> type.getName().substring(BASE.length() + 1))
                .containsExactlyInAnyOrderElementsOf(API.stream()
                        .filter(name -> API_PACKAGES.contains(packageOf(name)))
                        .toList());
        assertThat(API).allMatch(name -> isPublic(house.get(BASE + "." + name)));
    }

    /** A native image finds nothing by name but what the Quarkus extension registers: whoever is added here is registered there. */
    @ArchTest
    static final ArchRule NOTHING_IS_FOUND_BY_NAME = noClasses()
            .that()
            // The figures of the consumers; texts of our own into maps and lists of the JDK's.
            .doNotHaveSimpleName("GitpodDevConsole")
            .and()
            .doNotHaveSimpleName("GitpodConverter")
            .and()
            .doNotHaveSimpleName("KnownStateStore")
            .and()
            .doNotHaveSimpleName("ResourcePageParser")
            .should()
            .callMethodWhere(describe("finds classes, members or resources by their names", call -> REFLECTION
                    .matcher(call.getTargetOwner().getName() + "." + call.getName())
                    .matches()));

    @ArchTest
    static final ArchRule A_CLASS_LOGS_UNDER_ITS_OWN_NAME = classes().should(logUnderTheirOwnName());

    private static String room(JavaClass type) {
        String inBase = type.getPackageName().substring(BASE.length());
        if (!inBase.isEmpty()) {
            return inBase.substring(1);
        }
        String topLevel = type.getName().substring(BASE.length() + 1).replaceAll("\\$.*", "");
        boolean generated = topLevel.endsWith("Configurer") || topLevel.endsWith("UriFactory");
        return FACE.contains(topLevel) || generated ? "face" : "words";
    }

    private static String packageOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? BASE : BASE + "." + name.substring(0, dot);
    }

    private static boolean isPublic(JavaClass type) {
        return type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static ArchCondition<JavaClass> logUnderTheirOwnName() {
        return new ArchCondition<>("log under their own name") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                    if (!call.getTargetOwner().isEquivalentTo(LoggerFactory.class)) {
                        continue;
                    }
                    List<String> names = new ArrayList<>();
                    for (ReferencedClassObject named : type.getReferencedClassObjects()) {
                        if (named.getLineNumber() == call.getLineNumber()) {
                            names.add(named.getValue().getName());
                        }
                    }
                    boolean own = names.equals(List.of(type.getName()));
                    events.add(new SimpleConditionEvent(type, own, type.getName() + " logs as " + names));
                }
            }
        };
    }

    static final class OnlyTheComponent implements ImportOption {
        @Override
        public boolean includes(Location location) {
            // The compatibility module has the tests in a jar, which ArchUnit does not take for tests.
            return !location.contains("simulator") && !location.contains("-tests.jar");
        }
    }
}
