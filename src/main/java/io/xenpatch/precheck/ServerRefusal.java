package io.xenpatch.precheck;

import io.xenpatch.plan.RefusalWords;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a failed server-side precheck (xencenter.md §4.4, xapi.md §6.3): the server's code and parameters become an
 * administrator's words. The parameters here don't count the code, so §4.4's [2] is {@code parameters[1]}.
 *
 * @param facts the parameters by themselves, for programs
 */
record ServerRefusal(
        String code,
        Severity severity,
        String title,
        String detail,
        Map<String, Object> facts,
        @Nullable Fix fix) {

    static ServerRefusal of(String code, List<String> parameters) {
        return switch (code) {
            case "UPDATE_PRECHECK_FAILED_WRONG_SERVER_VERSION", "PATCH_PRECHECK_FAILED_WRONG_SERVER_VERSION" ->
                wrongVersion(parameters);
            case "PATCH_PRECHECK_FAILED_WRONG_SERVER_BUILD" -> wrongVersion(parameters);
            case "UPDATE_PRECHECK_FAILED_CONFLICT_PRESENT" -> conflict(parameters);
            case "UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", "PATCH_PRECHECK_FAILED_PREREQUISITE_MISSING" ->
                prerequisite(parameters);
            case "UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "PATCH_PRECHECK_FAILED_OUT_OF_SPACE", "OUT_OF_SPACE" ->
                outOfSpace(parameters);
            case "LICENCE_RESTRICTION" -> licence(parameters);
            case "UPDATE_PRECHECK_FAILED_GPGKEY_NOT_IMPORTED" ->
                blocking(
                        "GPG_KEY_NOT_IMPORTED",
                        "the key that signed the update is not known to it",
                        "The server only installs what a key that it knows has signed. Install the vendor's key, or the update that "
                                + "brings it, first.");
            case "PATCH_PRECHECK_FAILED_ISO_MOUNTED" ->
                blocking(
                                "ISO_MOUNTED",
                                "a VM has the disc of the guest tools in its drive",
                                "The update replaces that disc. Eject it from the VMs of this host and try again.")
                        .curedBy(Fixes.EJECT_CD);
            case "PATCH_PRECHECK_FAILED_VM_RUNNING" ->
                blocking(
                        "VM_RUNNING",
                        "the update can't be applied while VMs run on the host",
                        "Move the VMs to other hosts, or shut them down, and try again.");
            case "INVALID_UPDATE" -> invalid(parameters);
            case "CANNOT_FIND_UPDATE" ->
                blocking(
                        "UPDATE_NOT_UPLOADED",
                        "the image of the update is no longer in the pool",
                        "The pool knows the update but its image was cleaned away. Upload the update again.");
            case "UPDATE_ALREADY_APPLIED" ->
                new ServerRefusal(
                        "UPDATE_ALREADY_APPLIED",
                        Severity.INFO,
                        "the update is applied there already",
                        "It was applied between the look at the pool and the question.",
                        Map.of(),
                        null);
            case "UPDATE_PRECHECK_FAILED_UNKNOWN_ERROR", "PATCH_PRECHECK_FAILED_UNKNOWN_ERROR" ->
                unknownError(parameters);
            case "NO_ANSWER" ->
                blocking(
                        "NO_ANSWER",
                        "did not answer in time whether the update fits",
                        "Nothing is known of the update on this host. Look at the state of the host and try again.");
            default ->
                blocking(
                        "PRECHECK_FAILED",
                        "the precheck ended with " + code,
                        (RefusalWords.of(code) + " The server's own words: " + words(code, parameters)).strip());
        };
    }

    private static ServerRefusal wrongVersion(List<String> parameters) {
        String installed = at(parameters, 1);
        String required = at(parameters, 2);
        return blocking(
                        "WRONG_SERVER_VERSION",
                        "the update is for another version of the server",
                        "It asks for " + orUnknown(required) + "; what is there: " + orUnknown(installed)
                                + ". Choose the update for this version.")
                .with("installed", installed)
                .with("required", required);
    }

    private static ServerRefusal conflict(List<String> parameters) {
        List<String> names = names(at(parameters, 1));
        return blocking(
                        "CONFLICTING_UPDATE_PRESENT",
                        "the update conflicts with " + orUnknown(String.join(", ", names)),
                        "What is installed and this update exclude each other. The update can't be installed on this host.")
                .with("conflicts", names);
    }

    private static ServerRefusal prerequisite(List<String> parameters) {
        List<String> names = names(at(parameters, 1));
        return blocking(
                        "PREREQUISITE_UPDATE_MISSING",
                        "the update needs " + orUnknown(String.join(", ", names)) + " first",
                        "Install what is missing and try again.")
                .with("prerequisites", names);
    }

    private static ServerRefusal outOfSpace(List<String> parameters) {
        String available = at(parameters, 1);
        String required = at(parameters, 2);
        String numbers = available.isEmpty() && required.isEmpty()
                ? ""
                : " Free: " + orUnknown(available) + " bytes, needed: " + orUnknown(required) + " bytes.";
        return blocking(
                        "HOST_OUT_OF_SPACE",
                        "too little space on its system disk",
                        "The update is unpacked on the disk of the control domain." + numbers
                                + " Free space there (old logs, crash dumps, left-over files) and try again.")
                .with("available", available)
                .with("required", required);
    }

    private static ServerRefusal licence(List<String> parameters) {
        String feature = at(parameters, parameters.size() > 1 ? 1 : 0);
        return blocking(
                        "LICENCE_RESTRICTION",
                        "its licence does not allow the update",
                        "The licence lacks: " + orUnknown(feature) + ". Assign a licence that has it and try again.")
                .with("feature", feature);
    }

    private static ServerRefusal invalid(List<String> parameters) {
        String info = parameters.isEmpty() ? "" : parameters.get(parameters.size() - 1);
        return blocking(
                        "INVALID_UPDATE",
                        "the update's image is damaged or incomplete",
                        "The server says: " + orUnknown(info) + ". Upload the update again from its original.")
                .with("info", info);
    }

    /** The server's script said something: a known special case, an error element, or words for a person. */
    private static ServerRefusal unknownError(List<String> parameters) {
        String info = at(parameters, 1);
        if (at(parameters, 0).equals("CH82") && info.startsWith("VSWITCH_CONTROLLER_CONNECTED")) {
            return blocking(
                    "VSWITCH_CONTROLLER_CONNECTED",
                    "a vSwitch controller is connected",
                    "This release no longer supports the vSwitch controller. Disconnect the pool from it and try again.");
        }
        return ErrorElement.in(info)
                .map(element -> of(element.code(), element.asParameters(at(parameters, 0))))
                .orElseGet(() -> blocking(
                                "PRECHECK_FAILED",
                                "the update's own precheck failed",
                                "The server's own words: " + orUnknown(info))
                        .with("info", info));
    }

    private static ServerRefusal blocking(String code, String title, String detail) {
        return new ServerRefusal(code, Severity.BLOCKING, title, detail, Map.of(), null);
    }

    private ServerRefusal with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(facts);
        more.put(name, value);
        return new ServerRefusal(code, severity, title, detail, more, fix);
    }

    private ServerRefusal curedBy(Fix cure) {
        return new ServerRefusal(code, severity, title, detail, facts, cure);
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.trim().split("\\s+"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String at(List<String> parameters, int index) {
        return index < parameters.size() ? parameters.get(index) : "";
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "(the server does not say)" : text;
    }

    private static String words(String code, List<String> parameters) {
        return parameters.isEmpty() ? code : code + ": " + String.join(", ", parameters);
    }
}
