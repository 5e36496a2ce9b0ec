package io.github.camelgitpod.machines;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.zookeeper.cluster.ZooKeeperClusterService;

/** Which of Camel's cluster services says who leads. */
enum Coordination {
    ZOOKEEPER("ZooKeeper", Duration.ofSeconds(60)) {
        @Override
        CamelClusterService service(String place) {
            ZooKeeperClusterService service = new ZooKeeperClusterService();
            service.setId("node-" + ProcessHandle.current().pid());
            int path = place.indexOf('/');
            service.setNodes(place.substring(0, path));
            service.setBasePath(place.substring(path));
            service.setSessionTimeout(SESSION.toMillis());
            service.setConnectTimeout(SESSION.toMillis());
            return service;
        }
    },
    /** Nobody takes over from a process that sleeps. */
    FILE_LOCK("FileLock", Duration.ofSeconds(6)) {
        @Override
        CamelClusterService service(String place) {
            FileLockClusterService service = new FileLockClusterService();
            service.setRoot(place);
            service.setAcquireLockDelay(500, TimeUnit.MILLISECONDS);
            service.setAcquireLockInterval(500, TimeUnit.MILLISECONDS);
            return service;
        }
    },
    /** Nobody says so: all of them read. */
    NONE("no service", Duration.ofSeconds(60)) {
        @Override
        CamelClusterService service(String place) {
            return null;
        }

        @Override
        String uri(String consumer) {
            return consumer;
        }
    };

    /** How long ZooKeeper waits for a sign of life. */
    private static final Duration SESSION = Duration.ofSeconds(2);

    private final String title;
    private final Duration longestPause;

    Coordination(String title, Duration longestPause) {
        this.title = title;
        this.longestPause = longestPause;
    }

    String title() {
        return title;
    }

    /** Within this time another one has taken over from one that sleeps, or none does. */
    Duration longestPause() {
        return longestPause;
    }

    /** @return null: there is none */
    abstract CamelClusterService service(String place);

    String uri(String consumer) {
        return "master:machines:" + consumer;
    }
}
