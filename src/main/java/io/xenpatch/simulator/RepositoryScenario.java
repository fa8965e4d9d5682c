package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A repository of updates, and what the hosts of the pool have of it. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class RepositoryScenario {
    private final String name;
    private @Nullable String url;
    private @Nullable String apiVersion;
    private RepositoryOrigin origin = RepositoryOrigin.REMOTE;
    private boolean synchronised;
    private boolean disabled;
    private List<PublishedUpdate> updates = new ArrayList<>();
    private List<PublishedUpdate> publishedLater = new ArrayList<>();
    private HostPackagesScenario everyHost = new HostPackagesScenario();
    private Map<Integer, HostPackagesScenario> hosts = new TreeMap<>();

    RepositoryScenario(@JsonProperty(value = "name", required = true) String name) {
        this.name = name;
    }

    /** Where it is; by default made from its name. A repository that a client introduces with this URL holds the same. */
    public RepositoryScenario url(String binaryUrl) {
        url = binaryUrl;
        return this;
    }

    /** It is a bundle that somebody uploaded; then {@link #synchronised} says whether they have. At most one, and used alone. */
    public RepositoryScenario bundle() {
        origin = RepositoryOrigin.BUNDLE;
        return this;
    }

    /** It is what another pool uses. Used alone. */
    public RepositoryScenario remotePool() {
        origin = RepositoryOrigin.REMOTE_POOL;
        return this;
    }

    /** {@code xapi-api-version} of {@code updateinfo.xml}; by default it tells none. */
    public RepositoryScenario apiVersion(String version) {
        apiVersion = version;
        return this;
    }

    /** The pool synchronised it before the simulation begins. */
    public RepositoryScenario synchronised() {
        synchronised = true;
        return this;
    }

    /** The pool knows it and does not use it. */
    public RepositoryScenario disabled() {
        disabled = true;
        return this;
    }

    /** Adds an update. */
    public RepositoryScenario update(String id, UnaryOperator<PublishedUpdate> description) {
        updates.add(description.apply(new PublishedUpdate(id)));
        return this;
    }

    /** Adds an update that appears when {@link FaultKind#UPDATES_CHANGE} strikes. */
    public RepositoryScenario later(String id, UnaryOperator<PublishedUpdate> description) {
        publishedLater.add(description.apply(new PublishedUpdate(id)));
        return this;
    }

    /** What every host has that is not described by itself. */
    public RepositoryScenario everyHost(UnaryOperator<HostPackagesScenario> description) {
        everyHost = description.apply(everyHost);
        return this;
    }

    /** What one host has; nothing of {@link #everyHost} holds there. */
    public RepositoryScenario host(int index, UnaryOperator<HostPackagesScenario> description) {
        hosts.put(index, description.apply(new HostPackagesScenario()));
        return this;
    }

    public String name() {
        return name;
    }

    /** Where it is; empty for a bundle, which is nowhere. */
    public String url() {
        if (url != null) {
            return url;
        }
        return switch (origin) {
            case REMOTE -> "https://repository.example/" + name + "/x86_64";
            case BUNDLE -> "";
            case REMOTE_POOL -> "https://192.0.2.1/repository/enabled";
        };
    }

    public RepositoryOrigin origin() {
        return origin;
    }

    public Optional<String> apiVersion() {
        return Optional.ofNullable(apiVersion);
    }

    public boolean isSynchronised() {
        return synchronised;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public List<PublishedUpdate> updates() {
        return List.copyOf(updates);
    }

    public List<PublishedUpdate> publishedLater() {
        return List.copyOf(publishedLater);
    }

    public HostPackagesScenario host(int index) {
        return hosts.getOrDefault(index, everyHost);
    }

    Set<Integer> hostsNamed() {
        return hosts.keySet();
    }

    void validate() {
        updates.forEach(PublishedUpdate::validate);
        publishedLater.forEach(PublishedUpdate::validate);
        hosts.values().forEach(host -> host.validate(name));
        everyHost.validate(name);
        var ids = new ArrayList<>(updates);
        ids.addAll(publishedLater);
        if (ids.stream().map(PublishedUpdate::id).distinct().count() != ids.size()) {
            throw new InvalidScenario("Every update of repository " + name + " needs its own id.");
        }
    }
}
