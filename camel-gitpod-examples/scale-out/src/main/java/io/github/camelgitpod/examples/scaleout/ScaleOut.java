package io.github.camelgitpod.examples.scaleout;

import java.util.concurrent.TimeUnit;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.main.Main;

/**
 * The routes of {@code camel/*.yaml}, on one of several machines. Which one leads is found out by locks in a directory that
 * all share; machines without one need another cluster service here, such as that of {@code camel-kubernetes}.
 */
public final class ScaleOut {
    private ScaleOut() {}

    /** @param args the directory */
    public static void main(String[] args) throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(args.length == 0 ? "data/cluster" : args[0]);
        cluster.setAcquireLockDelay(1, TimeUnit.SECONDS);
        cluster.setAcquireLockInterval(1, TimeUnit.SECONDS);
        Main main = new Main(ScaleOut.class);
        main.bind("cluster", cluster);
        main.run();
    }
}
