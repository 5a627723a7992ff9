package io.paybeacon.server.config;

import io.paybeacon.probe.schedule.MaintenanceWindow;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.schema.CommonKeys;
import io.paybeacon.server.config.schema.Defaults;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads windows without probes. */
final class MaintenanceReader {
    private static final String KEY = "maintenance";
    private static final Duration DAY = Duration.ofDays(1);

    private final ReadingContext context;

    MaintenanceReader(ReadingContext context) {
        this.context = context;
    }

    List<MaintenanceWindow> read(Fields parent) {
        List<YamlNode> nodes =
                parent.list(KEY, "write a list of windows, each with a dash, from and to");
        if (nodes.size() > Defaults.MAINTENANCE_MAX) {
            parent.problem(
                    KEY,
                    "it has %d windows; at most %d are read"
                            .formatted(nodes.size(), Defaults.MAINTENANCE_MAX));
            return List.of();
        }
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            window(nodes.get(i), parent.path(KEY) + "[" + i + "]").ifPresent(windows::add);
        }
        return windows;
    }

    private Optional<? extends MaintenanceWindow> window(YamlNode node, String where) {
        boolean weekly =
                node instanceof YamlNode.Mapping mapping
                        && (mapping.entries().containsKey("days")
                                || mapping.entries().containsKey("for"));
        return weekly ? weekly(node, where) : once(node, where);
    }

    private Optional<MaintenanceWindow.Once> once(YamlNode node, String where) {
        Fields fields = context.fields(node, where, CommonKeys.WINDOW.groups().getFirst());
        Instant from = instant(fields, "from");
        Instant to = instant(fields, "to");
        if (from == null || to == null) {
            return Optional.empty();
        }
        if (!to.isAfter(from)) {
            fields.problem("to", "it is not after from, so that the window never is");
            return Optional.empty();
        }
        if (Duration.between(from, to).compareTo(Defaults.MAINTENANCE_LENGTH_MAX) > 0) {
            fields.problem(
                    "to",
                    "the window is longer than %d days; check the dates, or take the probe out"
                            .formatted(Defaults.MAINTENANCE_LENGTH_MAX.toDays()));
            return Optional.empty();
        }
        return Optional.of(new MaintenanceWindow.Once(from, to));
    }

    private static @Nullable Instant instant(Fields fields, String key) {
        String remedy = "write a time with its offset, such as 2026-12-01T02:00Z";
        String text = fields.text(key, remedy);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            fields.problem(key, "\"%s\" is not a time; %s".formatted(text, remedy));
            return null;
        }
    }

    private Optional<MaintenanceWindow.Weekly> weekly(YamlNode node, String where) {
        Fields fields = context.fields(node, where, CommonKeys.WINDOW.groups().getLast());
        Set<DayOfWeek> days = days(fields);
        LocalTime from = time(fields);
        if (!fields.has("for")) {
            fields.missing("for", "write how long it lasts, such as 2h");
        }
        Duration length = fields.duration("for", DAY).orElse(null);
        ZoneId zone = zone(fields);
        return days.isEmpty() || from == null || length == null || zone == null
                ? Optional.empty()
                : Optional.of(new MaintenanceWindow.Weekly(days, from, length, zone));
    }

    private static Set<DayOfWeek> days(Fields fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (!fields.has("days")) {
            fields.missing("days", "write one or more of " + String.join(", ", CommonKeys.DAYS));
        }
        for (String day : fields.texts("days")) {
            int index = CommonKeys.DAYS.indexOf(day);
            if (index < 0) {
                fields.problem(
                        "days",
                        "\"%s\" is not a day; write one or more of %s"
                                .formatted(day, String.join(", ", CommonKeys.DAYS)));
            } else {
                days.add(DayOfWeek.of(index + 1));
            }
        }
        return days;
    }

    private static @Nullable LocalTime time(Fields fields) {
        String remedy = "write a time of day in quotes, such as \"02:00\"";
        String text = fields.text("from", remedy);
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.length() == "02:00".length()) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeParseException e) {
            // Told below, with the remedy.
        }
        fields.problem("from", "\"%s\" is not a time of day; %s".formatted(text, remedy));
        return null;
    }

    private static @Nullable ZoneId zone(Fields fields) {
        String remedy = "write one of IANA's, such as Europe/Berlin, or UTC";
        if (!fields.has("zone")) {
            return ZoneOffset.UTC;
        }
        String text = fields.optionalText("zone", remedy).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            fields.problem("zone", "there is no time zone \"%s\"; %s".formatted(text, remedy));
            return null;
        }
    }
}
