package dev.lifeboat.kernel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LsnPropertyTest {
    @Property
    boolean parses(@ForAll long v) {
        return Lsn.parse(new Lsn(v).toString()).value() == v;
    }
}
