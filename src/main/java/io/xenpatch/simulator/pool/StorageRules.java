package io.xenpatch.simulator.pool;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which operations disk images, drives and storage repositories allow in which state: what XAPI computes in {@code xapi_vdi}, {@code
 * xapi_vbd_helpers} and {@code xapi_sr_operations} for repositories of the types {@code nfs} and {@code ext}. Pure.
 */
final class StorageRules {
    private static final String COPY = "copy";
    private static final String SNAPSHOT = "snapshot";
    private static final String RESIZE = "resize";
    private static final String PLUG = "plug";
    private static final String INSERT = "insert";
    private static final String RUNNING = "Running";

    /** What an image that nobody uses allows. Newer operations are never told, so that older servers take the record. */
    private static final List<String> IMAGE =
            List.of("clone", COPY, RESIZE, SNAPSHOT, "destroy", "forget", "update", "generate_config");

    private static final Set<String> WHILE_ATTACHED = Set.of("clone", SNAPSHOT);
    private static final Set<String> NOT_UNDER_HA = Set.of("destroy", "forget", RESIZE);

    private static final List<String> DRIVE =
            List.of("attach", "eject", INSERT, PLUG, "unplug", "unplug_force", "pause", "unpause");
    private static final Set<String> HOTPLUG = Set.of(PLUG, "unplug", "unplug_force");

    private static final List<String> REPOSITORY = List.of(
            "scan",
            "destroy",
            "forget",
            PLUG,
            "unplug",
            "update",
            "vdi_create",
            "vdi_destroy",
            "vdi_resize",
            "vdi_resize_online",
            "vdi_clone",
            "vdi_snapshot",
            "vdi_mirror",
            "vdi_enable_cbt",
            "vdi_disable_cbt",
            "vdi_data_destroy",
            "vdi_list_changed_blocks",
            "vdi_set_on_boot",
            "pbd_create",
            "pbd_destroy");

    private static final Set<String> NOT_DURING_UPGRADE = Set.of(
            "vdi_mirror",
            "vdi_enable_cbt",
            "vdi_disable_cbt",
            "vdi_data_destroy",
            "vdi_list_changed_blocks",
            "vdi_set_on_boot");

    private StorageRules() {}

    /** What an image allows. Any operation of it excludes all others. */
    static List<String> allowed(Image image) {
        return image.busy()
                ? List.of()
                : IMAGE.stream()
                        .filter(operation -> !isInTheWay(image, operation))
                        .toList();
    }

    private static boolean isInTheWay(Image image, String operation) {
        return isKeptBy(image.use(), operation)
                || image.heartbeat() && isKeptByHeartbeat(image.haEnabled(), operation)
                || RESIZE.equals(operation) && !image.plugged()
                || SNAPSHOT.equals(operation) && image.sharable();
    }

    private static boolean isKeptBy(Use use, String operation) {
        var isReadOnly = COPY.equals(operation) && use == Use.READ;
        return use != Use.NONE && !WHILE_ATTACHED.contains(operation) && !isReadOnly;
    }

    private static boolean isKeptByHeartbeat(boolean haEnabled, String operation) {
        return COPY.equals(operation) || haEnabled && NOT_UNDER_HA.contains(operation);
    }

    /** What a drive allows. */
    static List<String> allowed(Drive drive) {
        return DRIVE.stream().filter(operation -> allows(drive, operation)).toList();
    }

    private static boolean allows(Drive drive, String operation) {
        var guest = drive.guest();
        return switch (operation) {
            case "attach" -> !drive.imageBusy();
            case INSERT -> isMovable(drive) && drive.empty() && !drive.imageBusy();
            case "eject" -> isMovable(drive) && !drive.empty();
            case "pause", "unpause" -> guest.runs();
            case PLUG -> !drive.attached() && !guest.goesDown() && canHotplug(drive) && !drive.imageBusy();
            case "unplug" -> drive.attached() && !guest.goesDown() && canHotplug(drive) && drive.unpluggable();
            default -> drive.attached() && canHotplug(drive) && drive.unpluggable();
        };
    }

    private static boolean isMovable(Drive drive) {
        return drive.disc() && !drive.guest().suspended();
    }

    /** A guest with virtual hardware needs drivers for that, and never does it with its CD drive. */
    private static boolean canHotplug(Drive drive) {
        var guest = drive.guest();
        return guest.runs() && (!guest.hvm() || guest.drivers() && !drive.disc());
    }

    /** What a repository allows. Attaching it to several hosts at once is the only thing that goes beside anything else. */
    static List<String> allowed(Repository repository) {
        return REPOSITORY.stream()
                .filter(operation -> allows(repository, operation))
                .toList();
    }

    private static boolean allows(Repository repository, String operation) {
        if (!repository.running().isEmpty()) {
            return PLUG.equals(operation) && repository.running().stream().allMatch(PLUG::equals);
        }
        return switch (operation) {
            case "forget" -> !repository.plugged();
            case "destroy" -> !repository.plugged() && repository.known() && repository.empty();
            case "vdi_resize_online" -> repository.recent();
            default -> !repository.upgrading() || !NOT_DURING_UPGRADE.contains(operation);
        };
    }

    /** All operations that these rules know, to compare with the data model. */
    static Stream<String> all(String type) {
        return switch (type) {
            case "VDI" -> IMAGE.stream();
            case "VBD" -> DRIVE.stream();
            default -> REPOSITORY.stream();
        };
    }

    /** How the drives that are attached use an image. */
    enum Use {
        NONE,
        READ,
        WRITTEN
    }

    /**
     * What the rules of an image (VDI) look at.
     *
     * @param busy whether it has an operation
     * @param plugged whether a host is attached to its repository
     * @param heartbeat whether it belongs to high availability
     */
    record Image(Use use, boolean busy, boolean plugged, boolean sharable, boolean heartbeat, boolean haEnabled) {}

    /**
     * What the rules of a drive (VBD) look at.
     *
     * @param disc whether it is for CDs
     * @param imageBusy whether what is in it has an operation
     */
    record Drive(boolean disc, boolean empty, boolean attached, boolean unpluggable, boolean imageBusy, Guest guest) {}

    /**
     * What the rules of a drive look at in its guest.
     *
     * @param hvm whether it has virtual hardware
     * @param goesDown whether it is being shut down or suspended
     */
    record Guest(String powerState, boolean hvm, boolean drivers, boolean goesDown) {
        boolean runs() {
            return RUNNING.equals(powerState);
        }

        boolean suspended() {
            return "Suspended".equals(powerState);
        }
    }

    /**
     * What the rules of a repository (SR) look at.
     *
     * @param plugged whether a host is attached to it
     * @param known whether it has a connection (PBD), attached or not
     * @param empty whether it has no image
     * @param upgrading whether a rolling upgrade of the pool is under way
     * @param recent whether the server is one that tells of {@code vdi_resize_online}
     * @param running its operations
     */
    record Repository(
            boolean plugged,
            boolean known,
            boolean empty,
            boolean upgrading,
            boolean recent,
            Collection<String> running) {}
}
