package dev.lifeboat.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.settings.Classification;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.task.ConsoleServices.RegionReach;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.Order;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.theme.Role;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ShellViewModelTest {
    private final FakeServices services = new FakeServices();
    private final ObservableList<Order> orders = FXCollections.observableArrayList();

    private ShellViewModel asked() {
        var model =
                new ShellViewModel(
                        services,
                        new TaskRunner(Runnable::run, Runnable::run),
                        FakeServices.TIMES,
                        orders);
        model.activate(Ticker.still());
        return model;
    }

    private ShellViewModel withCredentials(Optional<Duration> left) {
        var report =
                new CredentialsReport("profile prod", "ASIA", left.map(FakeServices.NOW::plus));
        services.reach =
                List.of(
                        new RegionReach(
                                Region.Role.PRIMARY, Optional.empty(), Optional.of(report)));
        return asked();
    }

    @Test
    void treatsWhatNobodyClassifiedAsProduction() {
        services.profile = FakeServices.profileOf(Classification.UNKNOWN);

        assertThat(asked().environment().word()).contains("treated as production");
    }

    @Test
    void saysWhatIsWrittenWhileItIs() {
        ShellViewModel model = asked();
        BannerItem before = model.modeProperty().get();
        orders.add(order("Compare orders", Order.Effect.READS));
        assertThat(model.modeProperty().get()).isEqualTo(before);

        orders.add(order("Restore orders_20261123_035000", Order.Effect.RESUMABLE));

        assertThat(model.modeProperty().get())
                .isEqualTo(BannerItem.of(Role.WARN, "", "WRITING: Restore orders_20261123_035000"));
        orders.removeLast();
        assertThat(model.modeProperty().get()).isEqualTo(before);
        assertThat(before.state()).startsWith("READ-ONLY");
    }

    private static Order order(String title, Order.Effect effect) {
        return new Order(title, List.of("restores"), "orders_20261123_035000", effect);
    }

    @Test
    void saysWhenCredentialsEndAndWarnsInTime() {
        BannerItem soon =
                withCredentials(Optional.of(Duration.ofMinutes(47))).credentialsProperty().get();
        BannerItem late =
                withCredentials(Optional.of(Duration.ofHours(5))).credentialsProperty().get();
        BannerItem over =
                withCredentials(Optional.of(Duration.ofMinutes(-1))).credentialsProperty().get();

        assertThat(soon).isEqualTo(BannerItem.of(Role.WARN, "profile prod", "47 m left"));
        assertThat(late.role()).isEqualTo(Role.OK);
        assertThat(over).isEqualTo(BannerItem.of(Role.DANGER, "profile prod", "EXPIRED"));
    }

    @Test
    void saysOfEachRegionWhetherItAnswers() {
        services.reach =
                List.of(
                        new RegionReach(
                                Region.Role.PRIMARY,
                                Optional.of(FakeServices.unreachable()),
                                Optional.empty()),
                        new RegionReach(Region.Role.DR, Optional.empty(), Optional.empty()));

        List<BannerItem> regions = List.copyOf(asked().regions());

        assertThat(regions.getFirst().role()).isEqualTo(Role.DANGER);
        assertThat(regions.getFirst().problem()).contains(FakeServices.unreachable());
        assertThat(regions.get(1).role()).isEqualTo(Role.OK);
    }

    @Test
    void takesNoAnswerForUnreachableAndNotForWell() {
        services.problem = FakeServices.unreachable();

        ShellViewModel model = asked();

        assertThat(model.regions()).hasSize(2).allMatch(item -> item.role() == Role.DANGER);
        assertThat(model.server()).allMatch(item -> item.role() == Role.DANGER);
        assertThat(model.credentialsProperty().get().role()).isEqualTo(Role.DANGER);
    }
}
