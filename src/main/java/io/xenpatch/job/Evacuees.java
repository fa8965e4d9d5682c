package io.xenpatch.job;

import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who ran on a host whenever this job told it to evacuate: what an EVACUATE step keeps for itself.
 *
 * @param guests their uuids
 */
record Evacuees(Set<UUID> guests) {

    Evacuees {
        guests = Set.copyOf(guests);
    }

    static Evacuees of(@Nullable String json) {
        return json == null ? new Evacuees(Set.of()) : JsonMapper.shared().readValue(json, Evacuees.class);
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    boolean has(VmUuid guest) {
        return guests.contains(guest.value());
    }

    /** These and those that run there now; a repeated call finds fewer. */
    Evacuees and(List<VmSnapshot> residents) {
        Stream<UUID> others = residents.stream().map(vm -> vm.uuid().value());
        return new Evacuees(Stream.concat(guests.stream(), others).collect(Collectors.toUnmodifiableSet()));
    }
}
