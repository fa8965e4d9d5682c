package io.xenpatch.xen;

/** The opaque reference of a XAPI task; the only reference that leaves the adapter, because tasks die with the toolstack. */
public record XapiTaskRef(String value) {

    @Override
    public String toString() {
        return value;
    }
}
