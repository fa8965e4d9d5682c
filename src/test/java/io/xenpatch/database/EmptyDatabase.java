package io.xenpatch.database;

import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Empties the tables before each test class. Scheduled executions go first, so that no background worker takes up work of the
 * class before; recurring ones stay.
 */
public final class EmptyDatabase extends AbstractTestExecutionListener {

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeTestClass(TestContext context) {
        var jdbc = context.getApplicationContext().getBean(JdbcClient.class);
        var tables = jdbc.sql("""
                        select quote_ident(tablename) from pg_tables
                        where schemaname = 'public' and tablename not in ('flyway_schema_history', 'scheduled_tasks')""").query(String.class).list();
        if (!tables.isEmpty()) {
            jdbc.sql("truncate table " + String.join(", ", tables) + " restart identity cascade")
                    .update();
        }
    }
}
