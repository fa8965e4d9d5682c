package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.simulator.model.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pool of a scenario. Hosts count from 0; host 0 is the coordinator. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class PoolScenario {
    private final String name;
    private Profile profile = Profile.CITRIX_HYPERVISOR_8_2_1;
    private int hosts = 1;
    private int vmsEach;
    private boolean standalone;
    private String username = "root";
    private String password = "simulated";
    private boolean livePatchingDisabled;
    private boolean licensed = true;
    private boolean haEnabled;
    private int haFailuresToTolerate = 1;
    private boolean wlbEnabled;
    private boolean autoPoweron;
    private long storageSize = 2L << 40;
    private Map<String, String> otherConfig = new LinkedHashMap<>();
    private boolean clustered;
    private Map<String, Object> fields = new LinkedHashMap<>();
    private Map<String, Object> storageFields = new LinkedHashMap<>();
    private Map<Integer, HostScenario> hostSettings = new TreeMap<>();
    private List<VmScenario> vms = new ArrayList<>();
    private List<UpdateScenario> updates = new ArrayList<>();
    private List<RepositoryScenario> repositories = new ArrayList<>();
    private List<UpdateSet> updateSets = new ArrayList<>();
    private Set<Integer> updatedHosts = new TreeSet<>();
    private List<PackageScenario> packages = new ArrayList<>();
    private boolean updatesRestricted;
    private Map<String, UserScenario> users = new LinkedHashMap<>();
    private Set<String> missingExtensions = new TreeSet<>();
    private Map<String, Map<String, Map<String, Object>>> records = new LinkedHashMap<>();

    @JsonIgnore
    private final Map<String, HostPlugin> plugins = new LinkedHashMap<>();

    PoolScenario(@JsonProperty(value = "name", required = true) String name) {
        this.name = name;
    }

    public PoolScenario hosts(int count) {
        hosts = count;
        return this;
    }

    /** How many plain running guests live on every host. */
    public PoolScenario vmsEach(int count) {
        vmsEach = count;
        return this;
    }

    public PoolScenario profile(Profile product) {
        profile = product;
        return this;
    }

    /** One host that was never in a pool: its pool has no name. */
    public PoolScenario standalone() {
        standalone = true;
        hosts = 1;
        return this;
    }

    public PoolScenario credentials(String user, String secret) {
        username = user;
        password = secret;
        return this;
    }

    /** Somebody besides root who may log in, with a role that is enforced. */
    public PoolScenario user(String user, String secret, Role role) {
        users.put(user, new UserScenario(secret, role));
        return this;
    }

    /** Sets {@code pool.live_patching_disabled}, which the server stores and never looks at. */
    public PoolScenario livePatchingDisabled() {
        livePatchingDisabled = true;
        return this;
    }

    /** Hosts say {@code restrict_live_patching = "true"}. */
    public PoolScenario notLicensed() {
        licensed = false;
        return this;
    }

    public PoolScenario haEnabled() {
        haEnabled = true;
        return this;
    }

    public PoolScenario haFailuresToTolerate(int failures) {
        haFailuresToTolerate = failures;
        return this;
    }

    public PoolScenario wlbEnabled() {
        wlbEnabled = true;
        return this;
    }

    /** Pool and guests say {@code auto_poweron = "true"}. */
    public PoolScenario autoPoweron() {
        autoPoweron = true;
        return this;
    }

    /** Bytes that each storage repository has for images; disks of the scenario don't count. */
    public PoolScenario storageSize(long bytes) {
        storageSize = bytes;
        return this;
    }

    public PoolScenario otherConfig(String key, String value) {
        otherConfig.put(key, value);
        return this;
    }

    /** Its shared storage is clustered (GFS2), and its hosts form the cluster for it. */
    public PoolScenario clustered() {
        clustered = true;
        return storageField("type", "gfs2");
    }

    /** Any field of its record that nothing else here sets, in XAPI's words. */
    public PoolScenario field(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    /** Any field of the record of its shared storage, in XAPI's words. */
    public PoolScenario storageField(String field, Object value) {
        storageFields.put(field, value);
        return this;
    }

    /** Describes one host further. */
    public PoolScenario host(int index, UnaryOperator<HostScenario> description) {
        hostSettings.put(index, description.apply(host(index)));
        return this;
    }

    /** Adds a guest. */
    public PoolScenario vm(String vmName, UnaryOperator<VmScenario> description) {
        vms.add(description.apply(new VmScenario(vmName)));
        return this;
    }

    /** Introduces an update: one of the presets LIVE, REBOOT, TOOLSTACK, NOTHING, FAILS, else one without guidance. */
    public PoolScenario update(String updateName) {
        return update(updateName, update -> update);
    }

    /** Introduces an update and describes it further. */
    public PoolScenario update(String updateName, UnaryOperator<UpdateScenario> description) {
        updates.add(description.apply(UpdateScenario.named(updateName)));
        return this;
    }

    /** Adds a repository of updates. Needs a profile that has repositories. */
    public PoolScenario repository(String repositoryName, UnaryOperator<RepositoryScenario> description) {
        repositories.add(description.apply(new RepositoryScenario(repositoryName)));
        return this;
    }

    /** XenServer 8, which is updated from repositories. */
    public PoolScenario xenServer8() {
        return profile(Profile.XENSERVER_8);
    }

    /** XCP-ng 8.3, whose hosts get packages from its mirrors. */
    public PoolScenario xcpNg() {
        return profile(Profile.XCP_NG_8_3);
    }

    /** A host that has all of the sets; live patches are loaded where the set has some. */
    public PoolScenario upToDate(int host) {
        updatedHosts.add(host);
        return this;
    }

    /** Adds a synchronised repository that holds one of the sets of generated pools, in which every host lacks it. */
    public PoolScenario repository(UpdateSet set) {
        updateSets.add(set);
        return this;
    }

    /** Offers a package to the updater plugin, and describes it further. Needs the profile of XCP-ng. */
    public PoolScenario offering(String fullName, UnaryOperator<PackageScenario> description) {
        packages.add(description.apply(new PackageScenario(fullName)));
        return this;
    }

    /**
     * Offers one of the sets of generated XCP-ng pools, of which every host has what came before.
     *
     * @throws InvalidScenario for a set that is made of live patches
     */
    public PoolScenario packages(UpdateSet set) {
        packages.addAll(PackageSets.of(set));
        return this;
    }

    /** The licence does not cover updates: {@code LICENCE_RESTRICTION}. */
    public PoolScenario updatesRestricted() {
        updatesRestricted = true;
        return this;
    }

    /**
     * Objects as a real server told of them take the place of generated ones: class, then reference, then record, as {@code
     * get_all_records} answers. Hosts whose metrics say that they are not live can't be reached.
     */
    public PoolScenario records(Map<String, Map<String, Map<String, Object>>> objects) {
        records = objects;
        hosts = objects.getOrDefault("host", Map.of()).size();
        return this;
    }

    /** A host extension such as {@code pool_update.apply} is not installed: the method is unknown. */
    public PoolScenario withoutExtension(String method) {
        missingExtensions.add(method);
        return this;
    }

    /** Something that {@code host.call_plugin} finds on every host. */
    public PoolScenario plugin(String pluginName, HostPlugin plugin) {
        plugins.put(pluginName, plugin);
        return this;
    }

    public String name() {
        return name;
    }

    public Profile profile() {
        return profile;
    }

    public int hosts() {
        return hosts;
    }

    public HostScenario host(int index) {
        return hostSettings.getOrDefault(index, new HostScenario());
    }

    public int vmsEach() {
        return vmsEach;
    }

    public boolean isStandalone() {
        return standalone;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    public Map<String, UserScenario> users() {
        return Collections.unmodifiableMap(users);
    }

    public boolean isLivePatchingDisabled() {
        return livePatchingDisabled;
    }

    public boolean isLicensed() {
        return licensed;
    }

    public boolean isHaEnabled() {
        return haEnabled;
    }

    public int haFailuresToTolerate() {
        return haFailuresToTolerate;
    }

    public boolean isWlbEnabled() {
        return wlbEnabled;
    }

    public boolean isAutoPoweron() {
        return autoPoweron;
    }

    public long storageSize() {
        return storageSize;
    }

    public Map<String, String> otherConfig() {
        return Map.copyOf(otherConfig);
    }

    public boolean isClustered() {
        return clustered;
    }

    public Map<String, Object> fields() {
        return Map.copyOf(fields);
    }

    public Map<String, Object> storageFields() {
        return Map.copyOf(storageFields);
    }

    public List<VmScenario> vms() {
        return List.copyOf(vms);
    }

    public List<UpdateScenario> updates() {
        return List.copyOf(updates);
    }

    public List<RepositoryScenario> repositories() {
        var sets = profile.isXcpNg() ? Stream.<UpdateSet>empty() : updateSets.stream();
        return Stream.concat(repositories.stream(), sets.map(set -> UpdateSets.repository(set, updatedHosts)))
                .toList();
    }

    /** What XCP-ng's mirrors offer. @throws InvalidScenario for an update set that is made of live patches */
    public List<PackageScenario> packages() {
        var sets = profile.isXcpNg() ? updateSets.stream() : Stream.<UpdateSet>empty();
        return Stream.concat(
                        packages.stream(),
                        sets.flatMap(set -> PackageSets.of(set).stream())
                                .map(each -> each.installedOn(updatedHosts.toArray(Integer[]::new))))
                .toList();
    }

    public boolean areUpdatesRestricted() {
        return updatesRestricted;
    }

    public Map<String, Map<String, Map<String, Object>>> records() {
        return Collections.unmodifiableMap(records);
    }

    public boolean lacksExtension(String method) {
        return missingExtensions.contains(method);
    }

    /** @return null when the hosts have no such plugin */
    public @Nullable HostPlugin plugin(String pluginName) {
        return plugins.get(pluginName);
    }

    Map<Integer, HostScenario> hostSettings() {
        return Collections.unmodifiableMap(hostSettings);
    }

    /** @throws InvalidScenario with a sentence for a person */
    void validate() {
        new PoolScenarioChecks(this).validate();
    }
}
