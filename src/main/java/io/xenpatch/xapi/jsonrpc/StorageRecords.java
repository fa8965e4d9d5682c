package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is read of XAPI's records of disks, storage, and the cluster that shared block storage needs; see {@link Records}. */
final class StorageRecords {

    private StorageRecords() {}

    record Vbd(
            @Nullable String uuid,
            @JsonProperty("VM") @Nullable String vm,
            @JsonProperty("VDI") @Nullable String vdi,
            @Nullable String type,
            boolean empty) {}

    record Vdi(
            @Nullable String uuid,
            @JsonProperty("SR") @Nullable String sr,
            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations) {}

    record Sr(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @Nullable String type,
            @JsonProperty("content_type") @Nullable String contentType,
            boolean shared,
            @JsonProperty("is_tools_sr") boolean tools,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig,
            @JsonProperty("current_operations") @Nullable Map<String, String> currentOperations) {}

    record Pbd(
            String uuid,
            @Nullable String host,
            @JsonProperty("SR") @Nullable String sr,
            @JsonProperty("currently_attached") boolean attached) {}

    /** @param quorum how many hosts it needs; 0 where nobody watches it, so that {@code quorate} says nothing */
    record Cluster(String uuid, @JsonProperty("is_quorate") boolean quorate, long quorum) {}

    /** @param lastLive when {@code live} was looked at; never on servers that don't watch it */
    record ClusterHost(
            @Nullable String host,
            boolean enabled,
            boolean live,
            @JsonProperty("last_update_live") @Nullable String lastLive) {}
}
