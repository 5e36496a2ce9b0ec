package io.github.camelgitpod.examples.postgresql;

import io.agroal.api.AgroalDataSource;
import io.github.camelgitpod.state.JdbcStateRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.spi.StateRepository;

/** Where the route goes on after a restart: a row in the same database, wherever the application runs next. */
public class Cursors {

    @Produces
    @Singleton
    @Named("cursors")
    StateRepository<String, String> cursors(AgroalDataSource dataSource) {
        return new JdbcStateRepository(dataSource);
    }
}
