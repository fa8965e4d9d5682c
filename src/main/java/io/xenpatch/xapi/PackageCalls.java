package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PackageUpdate;
import io.xenpatch.xen.PackagesInstalled;
import io.xenpatch.xen.XapiTaskRef;
import java.util.List;

/**
 * Packages of XCP-ng hosts: the plugin {@code updater.py} (R12). It runs one thing at a time: what comes meanwhile fails in its task, with
 * a code and words that {@link io.xenpatch.xen.UpdaterRefusal} tells apart; to ask again is the caller's.
 */
public interface PackageCalls {

    /**
     * Asks what the host lacks; {@link #missing} reads the answer of the finished task. Changes nothing on the host, but a second one
     * beside it is refused as busy: so it is never repeated here.
     */
    @XapiCall(value = "host.call_plugin", effect = Effect.ONCE)
    XapiTaskRef checkUpdate(HostUuid host);

    /** Installs all that the host lacks; takes minutes. {@link #installed} reads the answer of the finished task. */
    @XapiCall(value = "host.call_plugin", effect = Effect.ONCE)
    XapiTaskRef update(HostUuid host);

    /**
     * Writes one entry of the host's {@code other_config}, whether it is there already or not. That packages were installed is for the
     * caller to note: the plugin does not ({@link io.xenpatch.xen.InstallationNote#entries}).
     */
    @XapiCall(value = "host.add_to_other_config", also = "host.remove_from_other_config", effect = Effect.IDEMPOTENT)
    void write(HostUuid host, String key, String value);

    /**
     * The answer to {@link #checkUpdate}; empty = the host has everything.
     *
     * @throws XapiFailure.AnswerLost when it is none
     */
    default List<PackageUpdate> missing(XapiTask.Succeeded answer) {
        return UpdaterAnswer.missing(answer.string());
    }

    /**
     * The answer to {@link #update}.
     *
     * @throws XapiFailure.Refused when the package manager failed, which plugins before XCP-ng 8.2.1 only say in their answer
     * @throws XapiFailure.AnswerLost when it is no answer
     */
    default PackagesInstalled installed(XapiTask.Succeeded answer) {
        return UpdaterAnswer.installed(answer.string());
    }
}
