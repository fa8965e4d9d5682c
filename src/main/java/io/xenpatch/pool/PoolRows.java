package io.xenpatch.pool;

import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.PoolUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes the view of a pool from its rows. */
final class PoolRows implements RowMapper<PoolView> {
    private final JsonMapper json;

    PoolRows(JsonMapper json) {
        this.json = json;
    }

    @Override
    public PoolView mapRow(ResultSet row, int number) throws SQLException {
        var facts = json.readValue(row.getString("document"), PoolFacts.class);
        var pins = Arrays.stream(json.readValue(row.getString("pins"), StoredPin[].class))
                .map(StoredPin::toPin)
                .toList();
        return new PoolView(
                new PoolUuid(row.getObject("uuid", UUID.class)),
                row.getLong("version"),
                row.getString("name"),
                row.getString("address"),
                ConnectionState.valueOf(row.getString("state")),
                row.getTimestamp("since").toInstant(),
                fingerprint(row.getString("presented"), pins, facts.coordinatorUuid()),
                facts.coordinatorUuid(),
                facts.product(),
                facts.version(),
                facts.channel(),
                pins,
                facts.livePatchingEnabled(),
                facts.livePatchingLicensed(),
                facts.haEnabled(),
                facts.wlbEnabled(),
                facts.hostCount(),
                facts.repositories(),
                labels(row.getString("labels")),
                row.getTimestamp("registered_at").toInstant());
    }

    Map<String, String> labels(String document) {
        return json.readValue(document, new TypeReference<Map<String, String>>() {});
    }

    private static @Nullable String fingerprint(@Nullable String presented, List<HostPin> pins, UUID coordinator) {
        return presented != null
                ? presented
                : pins.stream()
                        .filter(pin -> pin.host().value().equals(coordinator))
                        .map(HostPin::sha256)
                        .findFirst()
                        .orElse(null);
    }
}
