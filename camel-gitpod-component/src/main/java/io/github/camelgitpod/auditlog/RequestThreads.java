package io.github.camelgitpod.auditlog;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Threads for requests beside that of a poll. */
final class RequestThreads {

    private RequestThreads() {}

    /** A pool of this name, in which each thread ends after ten seconds without work: a consumer that is up to date has none. */
    static ExecutorService create(Consumer consumer, String name, int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile("gitpodRequests");
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return consumer.getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newThreadPool(consumer, name, profile);
    }
}
