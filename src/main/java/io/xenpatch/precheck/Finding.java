package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row in the making: what it is about first, then its facts, at the end its words. */
final class Finding {

    private final String code;
    private final Severity severity;
    private final UUID pool;
    private Scope scope = Scope.POOL;
    private UUID subject;
    private @Nullable UUID concerned;
    private @Nullable Fix fix;
    private boolean needsWord;
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    private Finding(String code, Severity severity, UUID pool) {
        this.code = code;
        this.severity = severity;
        this.pool = pool;
        this.subject = pool;
    }

    /** A row that concerns the whole pool, until {@link #on} or {@link #about} says otherwise. */
    static Finding of(String code, Severity severity, Situation situation) {
        UUID pool = situation.pool().uuid().value();
        return new Finding(code, severity, pool).with("pool", situation.poolName());
    }

    /** It is about this host, and stops or concerns this host alone. */
    Finding on(HostSnapshot host) {
        about(host);
        concerned = host.uuid().value();
        return this;
    }

    /** It is about this host, but concerns the whole pool. */
    Finding about(HostSnapshot host) {
        scope = Scope.HOST;
        subject = host.uuid().value();
        return with("host", host.name());
    }

    /** It is about this guest, but concerns the whole pool. */
    Finding about(VmUuid vm, String name) {
        scope = Scope.VM;
        subject = vm.value();
        return with("vm", name);
    }

    /** It is about this guest, and stops or concerns the host that the guest runs on. */
    Finding on(VmUuid vm, String name, HostUuid host) {
        about(vm, name);
        concerned = host.value();
        return this;
    }

    Finding with(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /** Only a person can judge it: it stands in the way until somebody says that it is known and meant. */
    Finding forAPerson() {
        needsWord = severity == Severity.WARNING;
        return this;
    }

    Finding curedBy(@Nullable Fix cure) {
        fix = cure;
        return this;
    }

    /**
     * @param title what is the case, on what, by name
     * @param detail why it matters and how to cure it
     */
    PrecheckRow says(String title, String detail) {
        return new PrecheckRow(
                code, severity, scope, subject, pool, concerned, title, detail, parameters, fix, needsWord);
    }
}
