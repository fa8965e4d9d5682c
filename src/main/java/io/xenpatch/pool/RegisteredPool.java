package io.xenpatch.pool;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A registered pool: how it is reached, and what a person said about it. */
@Entity
@Table(name = "pool")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class RegisteredPool {
    static final String USERNAME = "username";
    static final String PASSWORD = "password";

    @EmbeddedId
    private PoolKey id;

    @Version
    private @Nullable Long version;

    private String address;
    private String endpointHost;
    private int endpointPort;
    private boolean endpointTls;
    private String usernameSealed;
    private String passwordSealed;
    private long accessVersion;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<StoredPin> pins;

    private @Nullable String expected;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> labels;

    private Instant registeredAt;
    private String registeredBy;

    protected RegisteredPool() {}

    RegisteredPool(PoolUuid uuid, Map<String, String> labels, Instant registeredAt, String registeredBy) {
        this.id = PoolKey.of(uuid);
        this.labels = Map.copyOf(labels);
        this.registeredAt = registeredAt;
        this.registeredBy = registeredBy;
        // later than every one that this pool had before it was forgotten: connections of then are not those of now
        this.accessVersion = registeredAt.toEpochMilli();
    }

    /** Takes over another way to reach it: connections that are open must be opened anew. */
    void reachBy(Endpoint registered, PoolAccess access, SecretBox secrets) {
        address = Address.show(registered);
        usernameSealed = secrets.seal(uuid(), USERNAME, access.credentials().username());
        passwordSealed = secrets.seal(uuid(), PASSWORD, access.credentials().password());
        learn(access);
        accessVersion++;
    }

    /** Keeps what a connection has learnt: where the coordinator is, and the certificates of the hosts. */
    void learn(PoolAccess access) {
        endpointHost = access.endpoint().host();
        endpointPort = access.endpoint().port();
        endpointTls = access.endpoint().tls();
        expected = access.expected();
        var confirmed = confirmedPins();
        pins = access.pins().stream()
                .map(StoredPin::of)
                .map(pin -> confirmed.contains(pin.toPin()) ? pin.confirmedAs(pin.sha256()) : pin)
                .sorted(Comparator.comparing(StoredPin::hostUuid))
                .toList();
    }

    /** Keeps the certificate that a person has confirmed and the coordinator presents, whatever the pool tells of it. */
    void confirm(HostUuid coordinator, String fingerprint) {
        pins = pins.stream()
                .map(pin -> pin.hostUuid().equals(coordinator.value())
                                && !pin.sha256().equals(fingerprint)
                        ? pin.confirmedAs(fingerprint)
                        : pin)
                .toList();
    }

    /** Whether what the pool tells of its certificates is to be believed. */
    boolean believesAnnouncements() {
        return confirmedPins().isEmpty();
    }

    @SuppressWarnings("NullAway") // null in a pool that is only being made
    private Set<HostPin> confirmedPins() {
        return pins == null
                ? Set.of()
                : pins.stream()
                        .filter(StoredPin::isConfirmed)
                        .map(StoredPin::toPin)
                        .collect(Collectors.toSet());
    }

    boolean knows(PoolAccess access) {
        return endpoint().equals(access.endpoint()) && Set.copyOf(pins()).equals(Set.copyOf(access.pins()));
    }

    void label(Map<String, String> newLabels) {
        labels = Map.copyOf(newLabels);
    }

    /** @throws EncryptionKeyUnusable when the credentials can't be opened */
    PoolAccess access(SecretBox secrets) {
        return new PoolAccess(endpoint(), credentials(secrets), pins(), expected);
    }

    Credentials credentials(SecretBox secrets) {
        return new Credentials(
                secrets.open(uuid(), USERNAME, usernameSealed), secrets.open(uuid(), PASSWORD, passwordSealed));
    }

    PoolUuid uuid() {
        return new PoolUuid(id.uuid());
    }

    long version() {
        return version == null ? 0 : version;
    }

    long accessVersion() {
        return accessVersion;
    }

    String address() {
        return address;
    }

    Endpoint endpoint() {
        return new Endpoint(endpointHost, endpointPort, endpointTls);
    }

    List<HostPin> pins() {
        return pins.stream().map(StoredPin::toPin).toList();
    }

    Map<String, String> labels() {
        return labels;
    }
}
