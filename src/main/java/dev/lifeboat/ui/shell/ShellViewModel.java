package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.ConsoleServices.RegionReach;
import dev.lifeboat.ui.task.ConsoleServices.ServerFacts;
import dev.lifeboat.ui.task.Order;
import dev.lifeboat.ui.task.ProfileFacts;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the banner says of one profile: asked when it is opened and every minute after that. What is
 * not yet known says so. FX thread only.
 */
final class ShellViewModel {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ASKING = Messages.text("banner.asking");
    private static final Duration EXPIRES_SOON = Duration.ofHours(1);
    private final ConsoleServices services;
    private final TaskRunner tasks;
    private final TimeText times;
    private final List<Ticker.Ticking> ticking = new ArrayList<>();
    private final ProfileFacts profile;
    private final ReadOnlyStringWrapper utc = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper local = new ReadOnlyStringWrapper("");
    private final ObservableList<BannerItem> server = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<BannerItem> credentials = new ReadOnlyObjectWrapper<>();
    private final ObservableList<BannerItem> regions = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<BannerItem> mode = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Order> orders;
    private final ObservableList<RestoreView> restores = FXCollections.observableArrayList();
    private Optional<CredentialsReport> known = Optional.empty();

    /**
     * @param orders what the window has commands do
     */
    ShellViewModel(
            ConsoleServices services,
            TaskRunner tasks,
            TimeText times,
            ObservableList<Order> orders) {
        this.orders = orders;
        this.services = services;
        this.tasks = tasks;
        this.times = times;
        this.profile = services.profile();
        profile.regions().forEach(region -> regions.add(asking(region)));
        server.add(
                profile.database()
                        .map(name -> BannerItem.of(Role.MUTED, name, ASKING))
                        .orElseGet(
                                () ->
                                        BannerItem.of(
                                                Role.MUTED,
                                                Messages.text("banner.noDatabase"),
                                                "")));
        credentials.set(
                profile.problem()
                        .map(
                                why ->
                                        BannerItem.of(
                                                        Role.DANGER,
                                                        Messages.text("banner.settings"),
                                                        Messages.text("banner.incomplete"))
                                                .because(why))
                        .orElseGet(
                                () ->
                                        BannerItem.of(
                                                Role.MUTED,
                                                Messages.text("banner.credentials"),
                                                ASKING)));
        orders.addListener((ListChangeListener<Order>) _ -> showMode());
        showMode();
        tick();
    }

    /** Begins to ask, and to keep the clocks. */
    void activate(Ticker ticker) {
        ticking.add(ticker.every(SECOND, this::tick));
        ticking.add(ticker.every(LOOK_AGAIN, this::ask));
        ask();
        askRestores();
    }

    void deactivate() {
        ticking.forEach(Ticker.Ticking::close);
        ticking.clear();
    }

    /** Asks buckets and database anew. */
    void ask() {
        if (profile.problem().isPresent()) {
            return;
        }
        tasks.run(services::reach, this::showRegions, this::showNoRegion);
        if (profile.database().isPresent()) {
            tasks.run(services::server, this::showServer, this::showNoServer);
        }
    }

    /** Reads anew which restores this machine knows. */
    void askRestores() {
        tasks.run(_ -> services.restores(), restores::setAll, _ -> {});
    }

    ProfileFacts profile() {
        return profile;
    }

    Environment environment() {
        return Environment.of(profile.classification());
    }

    ReadOnlyStringProperty utcProperty() {
        return utc.getReadOnlyProperty();
    }

    ReadOnlyStringProperty localProperty() {
        return local.getReadOnlyProperty();
    }

    /** The live server: what it is, and which cluster. */
    ObservableList<BannerItem> server() {
        return server;
    }

    /** Whether the window writes now, and whether anything can be written at all. */
    ReadOnlyObjectProperty<BannerItem> modeProperty() {
        return mode.getReadOnlyProperty();
    }

    private void showMode() {
        List<String> writing = orders.stream().filter(Order::writes).map(Order::title).toList();
        mode.set(writing.isEmpty() ? resting() : writing(String.join(", ", writing)));
    }

    private static BannerItem writing(String what) {
        return BannerItem.of(Role.WARN, "", Messages.text("banner.writes", what));
    }

    private BannerItem resting() {
        return profile.contradictions().isEmpty()
                ? BannerItem.of(Role.TEXT, "", Messages.text("banner.reads"))
                : BannerItem.of(Role.DANGER, "", Messages.text("banner.contradicts"));
    }

    ReadOnlyObjectProperty<BannerItem> credentialsProperty() {
        return credentials.getReadOnlyProperty();
    }

    /** One item a region, the primary first. */
    ObservableList<BannerItem> regions() {
        return regions;
    }

    /** Restores of this machine, in whatever state. */
    ObservableList<RestoreView> restores() {
        return restores;
    }

    private void tick() {
        Instant now = times.clock().instant();
        utc.set(times.utc(now));
        local.set(times.local(now));
        known.ifPresent(this::showCredentials);
    }

    private BannerItem asking(ProfileFacts.RegionFacts region) {
        return BannerItem.of(Role.MUTED, name(region), ASKING);
    }

    private static String name(ProfileFacts.RegionFacts region) {
        return RegionWords.of(region.role()) + " " + region.place();
    }

    private void showRegions(List<RegionReach> answers) {
        regions.setAll(profile.regions().stream().map(region -> item(region, answers)).toList());
        known = answers.stream().flatMap(answer -> answer.credentials().stream()).findFirst();
        known.ifPresentOrElse(
                this::showCredentials,
                () ->
                        credentials.set(
                                BannerItem.of(
                                        Role.MUTED,
                                        Messages.text("banner.credentials"),
                                        Messages.text("banner.unknown"))));
    }

    private static BannerItem item(ProfileFacts.RegionFacts region, List<RegionReach> answers) {
        Optional<RegionReach> answer =
                answers.stream().filter(reach -> reach.role() == region.role()).findFirst();
        Optional<Problem> problem = answer.flatMap(RegionReach::problem);
        return problem.map(
                        why ->
                                BannerItem.of(
                                                Role.DANGER,
                                                name(region),
                                                Messages.text("banner.unreachable"))
                                        .because(why))
                .orElseGet(
                        () ->
                                BannerItem.of(
                                        Role.OK, name(region), Messages.text("banner.reachable")));
    }

    private void showNoRegion(Problem problem) {
        regions.setAll(
                profile.regions().stream()
                        .map(
                                region ->
                                        BannerItem.of(
                                                        Role.DANGER,
                                                        name(region),
                                                        Messages.text("banner.unreachable"))
                                                .because(problem))
                        .toList());
        credentials.set(
                BannerItem.of(
                                Role.DANGER,
                                Messages.text("banner.credentials"),
                                Messages.text("banner.unknown"))
                        .because(problem));
    }

    private void showCredentials(CredentialsReport report) {
        Optional<Duration> left =
                report.expiresAt().map(at -> Duration.between(times.clock().instant(), at));
        credentials.set(
                left.map(span -> expiring(report, span))
                        .orElseGet(
                                () ->
                                        BannerItem.of(
                                                Role.OK,
                                                report.source(),
                                                Messages.text("banner.noExpiry"))));
    }

    private static BannerItem expiring(CredentialsReport report, Duration left) {
        if (left.isNegative() || left.isZero()) {
            return BannerItem.of(Role.DANGER, report.source(), Messages.text("banner.expired"));
        }
        Role role = left.compareTo(EXPIRES_SOON) < 0 ? Role.WARN : Role.OK;
        return BannerItem.of(
                role, report.source(), Messages.text("banner.left", TimeSpan.told(left)));
    }

    private void showServer(ServerFacts facts) {
        String state =
                Messages.text(facts.inRecovery() ? "banner.standby" : "banner.primaryServer");
        server.setAll(
                BannerItem.of(
                        Role.OK,
                        profile.database().orElse(""),
                        Messages.text("banner.server", facts.version(), state)),
                BannerItem.of(Role.TEXT, Messages.text("banner.system"), facts.systemIdentifier()));
    }

    private void showNoServer(Problem problem) {
        server.setAll(
                BannerItem.of(
                                Role.DANGER,
                                profile.database().orElse(""),
                                Messages.text("banner.unreachable"))
                        .because(problem));
    }
}
