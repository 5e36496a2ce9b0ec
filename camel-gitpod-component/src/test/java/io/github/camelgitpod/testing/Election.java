package io.github.camelgitpod.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/** Cluster services of machines in one process. Which of them leads, the test says. */
public final class Election {
    private final List<Machine> machines = new CopyOnWriteArrayList<>();
    private volatile Machine leader;

    /** The service of one more machine. */
    public Machine machine() {
        Machine machine = new Machine();
        machines.add(machine);
        return machine;
    }

    /** @param elected null: none leads */
    public void lead(Machine elected) {
        leader = elected;
        machines.stream().filter(machine -> machine != elected).forEach(Machine::tell);
        machines.stream().filter(machine -> machine == elected).forEach(Machine::tell);
    }

    /** One machine. */
    public final class Machine extends AbstractCamelClusterService<CamelClusterView> {
        private final List<View> views = new CopyOnWriteArrayList<>();

        private void tell() {
            views.forEach(View::tell);
        }

        @Override
        protected CamelClusterView createView(String namespace) {
            View view = new View(this, namespace);
            views.add(view);
            return view;
        }

        private boolean leads() {
            return leader == this;
        }
    }

    private static final class View extends AbstractCamelClusterView {
        private final Machine machine;

        private View(Machine machine, String namespace) {
            super((CamelClusterService) machine, namespace);
            this.machine = machine;
        }

        private void tell() {
            fireLeadershipChangedEvent(getLocalMember());
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return new Member(machine);
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return Optional.of(getLocalMember()).filter(CamelClusterMember::isLeader);
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of(getLocalMember());
        }

        @Override
        protected void doStart() {
            tell();
        }

        @Override
        protected void doStop() {
            // It is told of nothing any more.
        }
    }

    private record Member(Machine machine) implements CamelClusterMember {
        @Override
        public String getId() {
            return machine.getId();
        }

        @Override
        public boolean isLeader() {
            return machine.leads();
        }

        @Override
        public boolean isLocal() {
            return true;
        }
    }
}
