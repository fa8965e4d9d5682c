package io.xenpatch.plan;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one apply installs on a host, and what proves that it did. */
public sealed interface UpdateContent {

    /** Exactly one of these is called. */
    <T> T fold(Function<UpdateUuid, T> image, Function<String, T> repository, Supplier<T> packages);

    /**
     * Whether the host shows it.
     *
     * @param since by the server's clock, when the apply was first intended: a repository's state may have been there before
     */
    boolean isOn(HostSnapshot host, Instant since);

    /** Whether the task's success alone proves it: a repository may have had nothing for the host after all. */
    boolean isProvedByItsTask();

    /** An update image (xapi.md §6). */
    record Image(UpdateUuid uuid) implements UpdateContent {
        @Override
        public <T> T fold(Function<UpdateUuid, T> image, Function<String, T> repository, Supplier<T> packages) {
            return image.apply(uuid);
        }

        @Override
        public boolean isOn(HostSnapshot host, Instant since) {
            return host.appliedUpdates().contains(uuid);
        }

        @Override
        public boolean isProvedByItsTask() {
            return false;
        }
    }

    /**
     * All that a repository in this state has for the host (xapi.md §7.8).
     *
     * @param hash pinned for the pool (R15)
     */
    record RepositoryState(String hash) implements UpdateContent {
        @Override
        public <T> T fold(Function<UpdateUuid, T> image, Function<String, T> repository, Supplier<T> packages) {
            return repository.apply(hash);
        }

        /** R22. The server keeps whole seconds. A server that does not tell the hash tells the time of its last apply alone. */
        @Override
        public boolean isOn(HostSnapshot host, Instant since) {
            var updatedAt = host.software().updatedAt();
            var known = host.software().updateHash();
            return updatedAt != null
                    && updatedAt.getEpochSecond() >= since.getEpochSecond()
                    && (known.isEmpty() || known.equals(hash));
        }

        @Override
        public boolean isProvedByItsTask() {
            return true;
        }
    }

    /** All packages that an XCP-ng host lacks (R12). Installing them once more installs nothing, so only the call itself proves it. */
    record Packages() implements UpdateContent {
        @Override
        public <T> T fold(Function<UpdateUuid, T> image, Function<String, T> repository, Supplier<T> packages) {
            return packages.get();
        }

        @Override
        public boolean isOn(HostSnapshot host, Instant since) {
            return false;
        }

        @Override
        public boolean isProvedByItsTask() {
            return true;
        }
    }
}
