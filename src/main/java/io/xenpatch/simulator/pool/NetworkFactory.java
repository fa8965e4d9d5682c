package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;

/** Makes the network that all hosts share and the management interface of each. */
final class NetworkFactory {
    private final Database db;
    private final String pool;
    private final List<Machine> machines;

    NetworkFactory(Database db, String pool, List<Machine> machines) {
        this.db = db;
        this.pool = pool;
        this.machines = machines;
    }

    void make() {
        var network = db.create("network", Identity.uuid(pool, "network"));
        db.set(network, "name_label", "Pool-wide network associated with eth0");
        db.set(network, "bridge", "xenbr0");
        db.set(network, "MTU", 1500L);
        db.set(network, "managed", true);
        machines.forEach(machine -> card(machine, network));
    }

    private void card(Machine machine, Row network) {
        var pif = db.create("PIF", Identity.uuid(pool, "pif/" + machine.index()));
        db.set(pif, "device", "eth0");
        db.set(pif, "host", machine.ref());
        db.set(pif, "network", network.ref());
        db.set(pif, "management", true);
        db.set(pif, "physical", true);
        db.set(pif, "currently_attached", true);
        db.set(pif, "VLAN", -1L);
        db.set(pif, "MTU", 1500L);
        db.set(pif, "ip_configuration_mode", "Static");
        db.set(pif, "IP", machine.host().text("address"));
        db.set(pif, "netmask", "255.0.0.0");
        db.set(pif, "MAC", "02:00:00:00:%02x:%02x".formatted(machine.index() / 256, machine.index() % 256));
    }
}
