package io.xenpatch.pool;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to start with a key that does not open the stored credentials: better now than at the first call to a pool. */
@Component
class StoredKeyCheck implements InitializingBean {
    private final JdbcClient jdbc;
    private final SecretBox secrets;

    StoredKeyCheck(JdbcClient jdbc, SecretBox secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /** @throws EncryptionKeyUnusable when any was sealed with another key */
    @Override
    public void afterPropertiesSet() {
        jdbc.sql("select uuid, password_sealed from pool order by uuid").query(row -> {
            var pool = new io.xenpatch.xen.PoolUuid(row.getObject("uuid", java.util.UUID.class));
            secrets.open(pool, RegisteredPool.PASSWORD, row.getString("password_sealed"));
        });
    }
}
